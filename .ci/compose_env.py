"""Writes `.env` for docker-compose.yml with random secrets, once: `python3 .ci/compose_env.py`. An existing file is left alone."""

import base64
import os
import secrets
import sys
from pathlib import Path

ED25519_KEY = bytes.fromhex("302e020100300506032b657004220420")
"""What stands before the 32 random bytes in PKCS 8 (RFC 8410, section 7)."""


def main(path: Path) -> None:
    key = base64.b64encode(ED25519_KEY + secrets.token_bytes(32)).decode()
    values = {
        "COMPOSE_PROFILES": "demo",
        "POSTGRES_PASSWORD": secrets.token_urlsafe(32),
        "SAYSO_SERVICE_PASSWORD": secrets.token_urlsafe(32),
        "SAYSO_ALLOWED_HOSTS": "127.0.0.1,localhost,api",
        "SAYSO_SECRET": base64.b64encode(secrets.token_bytes(32)).decode(),
        "SAYSO_SIGNING_KEY": f"-----BEGIN PRIVATE KEY-----\\n{key}\\n-----END PRIVATE KEY-----\\n",
        "SAYSO_STRIPE_API_BASE": "http://stripe:12111",
        "SAYSO_STRIPE_API_KEY": "sk_test_sayso",
        "SAYSO_STRIPE_WEBHOOK_SECRETS": f"whsec_{secrets.token_hex(16)}",
    }
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f'{name}="{value}"\n' for name, value in values.items())


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".env"))
