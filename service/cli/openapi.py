"""`sayso openapi`."""

import os
from pathlib import Path

import click
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from service.app import build
from service.kit.database import Database
from service.kit.paging import Cursors
from service.settings import Settings


@click.command()
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Into this file instead of to the screen.")
def command(write: Path | None) -> None:
    """The OpenAPI document of this version; asks no database."""
    text = document()
    if write is None:
        click.echo(text, nl=False)
    else:
        write.write_text(text, encoding="utf-8")


def document() -> str:
    """The document as it is committed: sorted as the routes are, indented by two."""
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    settings = Settings(database_url="", secret=bytes(32), signing_key=key)
    app = build(settings=settings, database=Database(None, randomness=os.urandom, cursors=Cursors(settings.secret)))
    encoded = msgspec.json.encode(app.openapi_schema.to_schema(), order="deterministic")
    return msgspec.json.format(encoded, indent=2).decode() + "\n"
