"""One way in for every format: what the bytes are is found out from them."""

from typing import IO

from service.integrations.bank_statements.bai2.files import read_bai2
from service.integrations.bank_statements.camt.messages import read_camt
from service.integrations.bank_statements.csv_file import read_csv
from service.integrations.bank_statements.csv_map import CsvMap
from service.integrations.bank_statements.judging import check_nothing_twice
from service.integrations.bank_statements.mt.messages import read_mt
from service.integrations.bank_statements.records import Statement, StatementUnreadable
from service.integrations.bank_statements.sources import Source
from service.integrations.bank_statements.texts import decoded


def read_statements(file: bytes | IO[bytes], *, csv_map: CsvMap | None = None, encoding: str | None = None) -> tuple[Statement, ...]:
    """Every statement of the file, or StatementUnreadable with the line and the reason.

    `encoding` is what a text file is in that says nothing itself; UTF-8 without it, and a CSV in what its map says. XML says it itself.
    """
    source = Source(file)
    statements = _read(source, csv_map=csv_map, encoding=encoding)
    check_nothing_twice(statements)
    return statements


def _read(source: Source, *, csv_map: CsvMap | None, encoding: str | None) -> tuple[Statement, ...]:
    match source.shape:
        case "xml":
            return read_camt(source.chunks())
        case "mt":
            return read_mt(decoded(source.whole(), encoding))
        case "bai2":
            return read_bai2(decoded(source.whole(), encoding))
        case "text" if csv_map is not None:
            return read_csv(decoded(source.whole(), encoding or csv_map.encoding), csv_map)
        case "text":
            raise StatementUnreadable(
                1, "format_unknown", "The file is neither CAMT, MT940, MT942 nor BAI2; a CSV is read by a column map."
            )
