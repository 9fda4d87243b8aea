from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main
from service.documents.einvoice.cii import write_cii
from service.documents.einvoice.ubl import write_ubl
from tests.documents.known_bad import PLAIN, good


@pytest.mark.parametrize("write", [write_cii, write_ubl])
def test_a_file_is_told_which_rules_it_breaks(tmp_path: Path, write: object) -> None:
    assert callable(write)
    for content, code, says in (
        (write(good()), 0, "rules of EN 16931 hold.\n"),
        (
            write(PLAIN["BR-CO-16"](good())),
            1,
            "BR-CO-16: doesn't hold: The amount due is the total less what is paid, and rounded as told.\n",
        ),
        (b"<a><b></a>", 1, "Line 1: mismatched tag.\n"),
    ):
        file = tmp_path / "e-invoice.xml"
        file.write_bytes(content)
        told = CliRunner().invoke(main, ["check-einvoice", str(file)])
        assert (told.exit_code, told.output.endswith(says)) == (code, True), told.output
