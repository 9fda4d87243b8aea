"""A message with its statements, reports or notifications; entries are read one at a time and only they are kept."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from service.integrations.bank_statements.camt.amounts import yes
from service.integrations.bank_statements.camt.balances import balance_currency, balances_of, check_summary
from service.integrations.bank_statements.camt.entries import entry_of
from service.integrations.bank_statements.camt.nodes import Node
from service.integrations.bank_statements.camt.parties import account_number, bank_of
from service.integrations.bank_statements.camt.xml import stream
from service.integrations.bank_statements.figures import currency_of, day_of, shown, whole_number
from service.integrations.bank_statements.judging import check_entry_count, continuity_of
from service.integrations.bank_statements.records import Account, Balance, Continuity, Entry, Format, Kind, Statement, StatementUnreadable
from service.integrations.bank_statements.texts import clean
from service.kit.check_digits import is_iban

MOST_STATEMENTS: Final = 20_000
_NAMESPACE: Final = re.compile(r"(?:.*[.:])?(camt\.05[234])\.001\.([0-9]{2})", re.ASCII)
_VERSIONS: Final = range(2, 14)
_ROOTS: Final[dict[str, tuple[Format, Kind, str]]] = {
    "BkToCstmrStmt": ("camt.053", "statement", "Stmt"),
    "BkToCstmrAcctRpt": ("camt.052", "report", "Rpt"),
    "BkToCstmrDbtCdtNtfctn": ("camt.054", "notification", "Ntfctn"),
}


def read_camt(chunks: Iterable[bytes]) -> tuple[Statement, ...]:
    """Every statement of the message."""
    message = _Message()
    stream(chunks, message.finished)
    return message.told()


class _Message:
    """What has been read so far."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.entries: list[Entry] = []
        self.entry_count = 0
        self.root: str | None = None
        self.created: str | None = None
        self.last_line = 1

    def finished(self, node: Node, around: list[Node]) -> bool:
        """Takes entries and statements as they end; everything else stays with what it stands in."""
        self.last_line = node.line
        if len(around) < 2:
            return self._outermost(node)
        message = next((index for index, one in enumerate(around) if one.tag in _ROOTS), None)
        if message is None:
            return False
        below = len(around) - message
        _, _, section = _ROOTS[around[message].tag]
        if below == 1 and node.tag == section:
            self._check_document(around[: message + 1])
            self._statement(node, around[message])
            return True
        if below == 2 and node.tag == "Ntry" and around[message + 1].tag == section:
            self._entry(node)
            return True
        return False

    def told(self) -> tuple[Statement, ...]:
        """What was read, if it was such a message."""
        if not self.statements:
            raise StatementUnreadable(
                self.last_line, "no_statement", "No statement, report or notification of an account stands in this XML."
            )
        return tuple(self.statements)

    def _outermost(self, node: Node) -> bool:
        if node.tag in _ROOTS and not self.statements:
            raise StatementUnreadable(node.line, "no_statement", f"<{node.tag}> holds no statement.")
        if node.tag == "Document" and not self.statements:
            self._check_version(node, None)
        return False

    def _check_document(self, around: list[Node]) -> None:
        message = around[-1]
        format_, _, _ = _ROOTS[message.tag]
        if self.root not in {None, message.tag}:
            raise StatementUnreadable(message.line, "messages_mixed", "Messages of different kinds stand in one file.")
        self.root = message.tag
        document = next((one for one in reversed(around[:-1]) if one.tag == "Document"), None)
        self._check_version(document or around[0], format_)

    @staticmethod
    def _check_version(document: Node, format_: Format | None) -> None:
        """Refuses a document that says it is something else, or of a version that isn't read; one that says nothing is what it holds."""
        namespace = document.attributes.get("", "")
        if not namespace:
            return
        match = _NAMESPACE.fullmatch(namespace)
        if match is None or format_ not in {None, match[1]} or int(match[2]) not in _VERSIONS:
            said = namespace.rpartition(":")[2]
            reason = f"{shown(said)} isn't {format_ or 'camt.052, .053 or .054'} in a version from 02 to 13."
            raise StatementUnreadable(document.line, "version_unknown", reason)

    def _entry(self, node: Node) -> None:
        self.entry_count += 1
        check_entry_count(self.entry_count, node.line)
        self.entries.append(entry_of(node, index=len(self.entries)))

    def _statement(self, node: Node, message: Node) -> None:
        if len(self.statements) >= MOST_STATEMENTS:
            raise StatementUnreadable(node.line, "too_many_statements", f"More than {MOST_STATEMENTS:,} statements stand in one file.")
        format_, kind, _ = _ROOTS[message.tag]
        entries, self.entries = tuple(self.entries), []
        currency = _currency_of(node, entries)
        opening, closing = balances_of(node, currency=currency)
        check_summary(node, entries, currency=currency)
        page, last_page = _page_of(node, message)
        self.statements.append(
            Statement(
                format=format_,
                kind=kind,
                account=_account_of(node, currency=currency),
                statement_id=clean(node.needed("Id").text),
                entries=entries,
                line=node.line,
                continuity=_continuity_of(kind, opening, closing, entries, currency),
                opening=opening,
                closing=closing,
                sequence=node.said("ElctrncSeqNb"),
                legal_sequence=node.said("LglSeqNb"),
                page=page,
                last_page=last_page,
                created_at=node.said("CreDtTm") or message.said("GrpHdr", "CreDtTm"),
                from_day=_end_of_period(node, "FrDtTm", "FrDt"),
                to_day=_end_of_period(node, "ToDtTm", "ToDt"),
            )
        )


def _continuity_of(kind: Kind, opening: Balance | None, closing: Balance | None, entries: tuple[Entry, ...], currency: str) -> Continuity:
    """A report within the day may bring only what is new since the last one: its balances prove something or nothing."""
    try:
        return continuity_of(opening, closing, entries, currency)
    except StatementUnreadable:
        if kind == "statement":
            raise
        return "untold"


def _currency_of(node: Node, entries: tuple[Entry, ...]) -> str:
    """What the account is said to be kept in, else its balances, else its entries; a booking in another one is refused."""
    told = node.one("Acct", "Ccy")
    booked = next((entry for entry in entries if entry.status == "booked"), None) or (entries[0] if entries else None)
    currency = currency_of(told.text, told.line) if told is not None else balance_currency(node) or (booked.currency if booked else None)
    if currency is None:
        raise StatementUnreadable(
            node.line, "currency_missing", "Neither the account nor a balance nor an entry says in which currency this is."
        )
    for entry in entries:
        if entry.status == "booked" and entry.currency != currency:
            raise StatementUnreadable(entry.line, "currency_mixed", f"An entry in {entry.currency} is booked on an account in {currency}.")
    return currency


def _account_of(node: Node, *, currency: str) -> Account:
    account = node.needed("Acct")
    number = account_number(account)
    if number is None:
        raise StatementUnreadable(account.line, "account_missing", "Which account this is of isn't said.")
    return Account(
        number=number,
        is_iban=is_iban(number),
        currency=currency,
        bank=bank_of(account.one("Svcr")),
        owner=account.first_said(("Ownr", "Nm"), ("Nm",)),
    )


def _page_of(node: Node, message: Node) -> tuple[int | None, bool | None]:
    """The page of the statement; in version 02 only messages have pages."""
    pages = next((child for child in node.children if child.tag in {"StmtPgntn", "RptPgntn", "NtfctnPgntn"}), None) or message.one(
        "GrpHdr", "MsgPgntn"
    )
    if pages is None:
        return None, None
    number = pages.needed("PgNb")
    return whole_number(number.text, number.line, "page"), yes(pages, "LastPgInd")


def _end_of_period(node: Node, *tags: str) -> date | None:
    period = node.one("FrToDt")
    told = next((found for tag in tags if (found := period.one(tag)) is not None), None) if period else None
    return day_of(told.text, told.line) if told is not None else None
