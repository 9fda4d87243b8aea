"""Reading what banks send: CAMT.052/.053/.054, MT940, MT942, BAI2 and CSV by a column map; whole or not at all, with the line and the reason."""

from service.integrations.bank_statements.csv_map import CsvMap
from service.integrations.bank_statements.figures import decimal_text
from service.integrations.bank_statements.reading import read_statements
from service.integrations.bank_statements.records import (
    Account,
    Balance,
    Detail,
    Entry,
    Instructed,
    Party,
    Statement,
    StatementUnreadable,
)
from service.integrations.bank_statements.texts import ENCODINGS, Encoding

__all__ = [
    "ENCODINGS",
    "Account",
    "Balance",
    "CsvMap",
    "Detail",
    "Encoding",
    "Entry",
    "Instructed",
    "Party",
    "Statement",
    "StatementUnreadable",
    "decimal_text",
    "read_statements",
]
