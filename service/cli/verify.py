"""`sayso verify`."""

import os
from pathlib import Path

import click

from service.cli._place import folder_option, kept_secrets, sentences
from service.cli._words import counted
from service.evidence.archives import MOST_BYTES
from service.evidence.verifying import Finding, verify_pack, verify_receipt
from service.kit.signatures import Keys, PublicKeys
from service.settings import keys_of, read

PATH = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=PATH)
@click.option(
    "--key", "key_file", type=PATH, help="The company's public key: a JWK, or the JWK set it publishes at /.well-known/jwks.json."
)
@click.option(
    "--receipt", "receipts", type=PATH, multiple=True, help="A receipt that you hold: the pack must fit it. As often as you like."
)
@folder_option
def command(*, file: Path, key_file: Path | None, receipts: tuple[Path, ...], folder: Path) -> None:
    """Check a receipt or an evidence pack offline; exit code 0 where all holds, 1 where something doesn't, 2 where no key was named that can be read.

    Without --key it is checked by the keys of the service that is set up here: a stranger names the key.
    """
    keys = _keys(key_file, folder)
    content = _bytes_of(file)
    held = [_bytes_of(one).decode("ascii", "replace") for one in receipts]
    if content[:2] == b"PK" or held:
        findings = verify_pack(content, keys=keys, held=held)
    else:
        findings = verify_receipt(content.decode("ascii", "replace"), keys=keys)
    _show(findings)
    if any(finding.faults for finding in findings):
        raise SystemExit(1)


def _keys(key_file: Path | None, folder: Path) -> PublicKeys:
    if key_file is not None:
        try:
            return PublicKeys.read(_bytes_of(key_file))
        except ValueError as error:
            raise click.UsageError(f"{key_file}: {error}.") from error
    with sentences():
        if os.environ.get("SAYSO_DATABASE_URL"):
            settings = read(os.environ)
            return keys_of(settings)
        if (folder / "secrets.json").exists():
            kept = kept_secrets(folder / "secrets.json")
            return Keys(kept["signing_key"], retired=kept.get("retired_keys", []))
    raise click.UsageError("Name the company's public key with --key: a copy inside the pack proves nothing about who signed.")


def _bytes_of(file: Path) -> bytes:
    """A file as far as it is of use: of one that is larger than any pack one byte more."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _show(findings: list[Finding]) -> None:
    for finding in findings:
        click.echo(_plain(f"{'BROKEN' if finding.faults else 'holds '} {finding.check}"))
        for fault in finding.faults:
            click.echo(_plain(f"       {fault.code}: {fault.detail}"))
    broken = sum(bool(finding.faults) for finding in findings)
    checks = counted(len(findings), "check")
    click.echo(f"{checks}, {broken} broken." if broken else f"{checks}: all held.")


def _plain(text: str) -> str:
    """What a pack says, without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
