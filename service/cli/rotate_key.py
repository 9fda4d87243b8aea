"""`sayso rotate-key`."""

import os
from pathlib import Path

import click
import msgspec

from service.cli._place import folder_option, kept_secrets, new_signing_key, replace_secrets
from service.kit.signatures import Keys


@click.command()
@folder_option
def command(folder: Path) -> None:
    """Sign by a new key from the next start on; what the old one signed keeps verifying."""
    if os.environ.get("SAYSO_DATABASE_URL"):
        raise click.ClickException(
            "Your keys stand in the environment: add the `x` of the present one (/.well-known/jwks.json) to SAYSO_RETIRED_KEYS,"
            " set SAYSO_SIGNING_KEY to `openssl genpkey -algorithm ed25519`, restart."
        )
    path = folder / "secrets.json"
    if not path.exists():
        raise click.ClickException(f"There are no secrets of Sayso's in {folder}: name its folder with --folder.")
    kept = kept_secrets(path)
    before = Keys(kept["signing_key"], retired=kept.get("retired_keys", [])).as_set()
    kept["retired_keys"] = [one.x for one in before.keys]
    kept["signing_key"] = new_signing_key()
    replace_secrets(path, kept)
    new = set(Keys(kept["signing_key"]).as_set().keys) - set(before.keys)
    click.echo(
        f"The new key is {', '.join(one.kid for one in new)}; {len(before.keys)} retired. Restart to sign by it; everybody signs in anew."
    )
    click.echo(msgspec.json.encode(Keys(kept["signing_key"], retired=kept["retired_keys"]).as_set()).decode())
