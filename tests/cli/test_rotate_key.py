"""A key is rotated in one step; what the old one signed still verifies, by the command too."""

from pathlib import Path

from click.testing import CliRunner, Result

from service.authorisations.receipts import RECEIPT
from service.cli import main
from service.cli._place import kept_secrets
from service.kit.signatures import Keys


def run(*arguments: object, database_url: str | None = None) -> Result:
    return CliRunner(env={"SAYSO_DATABASE_URL": database_url}).invoke(main, [str(one) for one in arguments])


def test_a_receipt_of_the_key_before_verifies_and_the_next_is_signed_by_the_new_one(tmp_path: Path) -> None:
    before = Keys(kept_secrets(tmp_path / "secrets.json")["signing_key"])
    said = b'{"v":1,"organisation_id":"o","scope_id":"s","seq":1,"entry_hash":"h"}'
    (tmp_path / "receipt.jws").write_text(before.sign(said, typ=RECEIPT))
    for rotations in (1, 2):
        assert run("rotate-key", "--folder", tmp_path).exit_code == 0
        kept = kept_secrets(tmp_path / "secrets.json")
        assert len(kept["retired_keys"]) == rotations
        told = run("verify", tmp_path / "receipt.jws", "--folder", tmp_path)
        assert told.exit_code == 0, told.output
    after = Keys(kept["signing_key"], retired=kept["retired_keys"])
    assert before.as_set().keys[0].kid not in after.sign(said, typ=RECEIPT)
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0


def test_where_there_is_no_key_of_ours_it_says_so(tmp_path: Path) -> None:
    told = run("rotate-key", "--folder", tmp_path)
    assert (told.exit_code, "no secrets" in told.output) == (1, True)


def test_keys_of_the_environment_are_the_operators_to_rotate(tmp_path: Path) -> None:
    assert "SAYSO_RETIRED_KEYS" in run("rotate-key", "--folder", tmp_path, database_url="postgresql://nowhere/").output
