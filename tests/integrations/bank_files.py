"""Statements made up for tests, and writers of our own that put one into each format as banks do."""

import csv
import io
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from service.integrations.bank_statements import CsvMap
from service.kit.money import MINOR_DIGITS

IBAN = "DE89370400440532013000"
NAME_LETTERS = 54
"""What a name may have: German banks give it `?32` and `?33`, of 27 letters each; `?34` is another thing."""
PAYERS = "NL91ABNA0417164300"


@dataclass(frozen=True)
class Told:
    """One booking to write."""

    amount: int
    booked_on: date = date(2026, 3, 2)
    value_on: date = date(2026, 3, 3)
    name: str = "ADA BYRON"
    account: str = PAYERS
    text: str = "INVOICE 2026 17"
    end_to_end_id: str = "E2E-1"
    bank_reference: str = "BANK0001"


@dataclass(frozen=True)
class Statement:
    """One statement to write; its closing balance comes out by itself."""

    entries: tuple[Told, ...] = (Told(12_50),)
    opening: int = 1_000_00
    currency: str = "EUR"
    number: int = 7
    account: str = IBAN
    closing: int | None = None
    more: dict[str, str] = field(default_factory=dict)

    @property
    def closes(self) -> int:
        return self.opening + sum(entry.amount for entry in self.entries) if self.closing is None else self.closing

    def but(self, **changes: Any) -> "Statement":
        return replace(self, **changes)


def decimal(amount: int, currency: str, *, mark: str = ".") -> str:
    digits = MINOR_DIGITS[currency]
    text = str(abs(amount)).rjust(digits + 1, "0")
    return f"{text[:-digits]}{mark}{text[-digits:]}" if digits else text + (mark if mark == "," else "")


def camt(*statements: Statement, version: str = "053.001.02") -> str:
    """A CAMT.053 as version 02 or 08 has it; .052 and .054 go by other names and without balances."""
    root, section = {"053": ("BkToCstmrStmt", "Stmt"), "052": ("BkToCstmrAcctRpt", "Rpt"), "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}[
        version[:3]
    ]
    new = int(version[-2:]) >= 8
    parts = [_camt_statement(one, section=section, balances=version.startswith("053"), new=new) for one in statements]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{version}">\n<{root}>\n'
        f"<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-03T06:00:00+01:00</CreDtTm></GrpHdr>\n{''.join(parts)}</{root}>\n</Document>\n"
    )


def _camt_statement(one: Statement, *, section: str, balances: bool, new: bool) -> str:
    told = (
        "".join(_camt_balance(code, amount, one.currency) for code, amount in (("OPBD", one.opening), ("CLBD", one.closes)))
        if balances
        else ""
    )
    entries = "".join(camt_entry(entry, one.currency, new=new) for entry in one.entries)
    return (
        f"<{section}>\n<Id>ST-{one.number}</Id>\n<ElctrncSeqNb>{one.number}</ElctrncSeqNb>\n<CreDtTm>2026-03-03T06:00:00+01:00</CreDtTm>\n"
        f"<Acct><Id><IBAN>{one.account}</IBAN></Id><Ccy>{one.currency}</Ccy><Ownr><Nm>Fibre Works</Nm></Ownr></Acct>\n{told}"
        f"{one.more.get('before', '')}{entries}{one.more.get('after', '')}</{section}>\n"
    )


def _camt_balance(code: str, amount: int, currency: str) -> str:
    mark = "CRDT" if amount >= 0 else "DBIT"
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{decimal(amount, currency)}</Amt>'
        f"<CdtDbtInd>{mark}</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>\n"
    )


def camt_entry(entry: Told, currency: str, *, new: bool = False, details: str | None = None) -> str:
    role, mark = ("Dbtr", "CRDT") if entry.amount >= 0 else ("Cdtr", "DBIT")
    name = f"<Pty><Nm>{escape(entry.name)}</Nm></Pty>" if new else f"<Nm>{escape(entry.name)}</Nm>"
    status = "<Cd>BOOK</Cd>" if new else "BOOK"
    payment = (
        f"<TxDtls><Refs><EndToEndId>{escape(entry.end_to_end_id)}</EndToEndId></Refs><RltdPties><{role}>{name}</{role}>"
        f"<{role}Acct><Id><IBAN>{entry.account}</IBAN></Id></{role}Acct></RltdPties><RmtInf><Ustrd>{escape(entry.text)}</Ustrd></RmtInf></TxDtls>"
    )
    return (
        f'<Ntry><Amt Ccy="{currency}">{decimal(entry.amount, currency)}</Amt><CdtDbtInd>{mark}</CdtDbtInd><Sts>{status}</Sts>'
        f"<BookgDt><Dt>{entry.booked_on}</Dt></BookgDt><ValDt><Dt>{entry.value_on}</Dt></ValDt><AcctSvcrRef>{escape(entry.bank_reference)}</AcctSvcrRef>\n"
        f"<BkTxCd><Prtry><Cd>166</Cd></Prtry></BkTxCd><NtryDtls>{payment if details is None else details}</NtryDtls></Ntry>\n"
    )


def mt940(*statements: Statement) -> str:
    """MT940 as German banks fill it, with lines cut at 65 letters."""
    return "".join(_mt940(one) for one in statements)


def _mt940(one: Statement) -> str:
    lines = [f":20:ST{one.number}", f":25:{one.account}", f":28C:{one.number:05}/001", f":60F:{_mt_balance(one.opening, one.currency)}"]
    for entry in one.entries:
        lines += mt_entry(entry, one.currency)
    return "\r\n".join([*lines, f":62F:{_mt_balance(one.closes, one.currency)}", "-", ""])


def _mt_balance(amount: int, currency: str) -> str:
    return f"{'C' if amount >= 0 else 'D'}260302{currency}{decimal(amount, currency, mark=',')}"


def mt_entry(entry: Told, currency: str) -> list[str]:
    mark = "C" if entry.amount >= 0 else "D"
    text = f"166?00GUTSCHRIFT{_fields(20, f'EREF+{entry.end_to_end_id}')}"
    taken = text.count("?2")
    text += f"{_fields(20 + taken, f'SVWZ+{entry.text}')}?30COBADEFFXXX?31{entry.account}{_fields(32, entry.name)}"
    return [
        f":61:{entry.value_on:%y%m%d}{entry.booked_on:%m%d}{mark}{decimal(entry.amount, currency, mark=',')}NTRFNONREF//{entry.bank_reference}",
        *_cut(f":86:{text}", first=69),
    ]


def _fields(number: int, text: str) -> str:
    return "".join(f"?{number + index:02}{text[start : start + 27]}" for index, start in enumerate(range(0, len(text), 27)))


def _cut(text: str, *, first: int) -> list[str]:
    return [text[:first], *(text[start : start + 65] for start in range(first, len(text), 65))]


def mt942(one: Statement) -> str:
    gained = [entry.amount for entry in one.entries if entry.amount > 0]
    spent = [-entry.amount for entry in one.entries if entry.amount < 0]
    lines = [f":20:ST{one.number}", f":25:{one.account}", f":28C:{one.number}/1", f":34F:{one.currency}0,", ":13D:2603021730+0100"]
    for entry in one.entries:
        lines += mt_entry(entry, one.currency)
    for tag, amounts in (("D", spent), ("C", gained)):
        lines.append(f":90{tag}:{len(amounts)}{one.currency}{decimal(sum(amounts), one.currency, mark=',')}")
    return "\r\n".join([*lines, "-", ""])


def bai2(*statements: Statement, group: str = "1", version: str = "2") -> str:
    """BAI2 with one group of accounts; counts and totals come out."""
    lines, total = [f"02,SAYSO,BANK01,{group},260302,2359,,2/"], 0
    for one in statements:
        account = [f"03,{one.account},{one.currency},010,{one.opening},,,015,{one.closes},,/"]
        for entry in one.entries:
            account.append(
                f"16,{'195' if entry.amount >= 0 else '495'},{abs(entry.amount)},V,{entry.value_on:%y%m%d},,{entry.bank_reference},/"
            )
            account += [f"88,{entry.text}", f"88,BO:{entry.account} BO1:{entry.name}"]
        amounts = one.opening + one.closes + sum(abs(entry.amount) for entry in one.entries)
        lines += [*account, f"49,{amounts},{len(account) + 1}/"]
        total += amounts
    lines.append(f"98,{total},{len(statements)},{len(lines) + 1}/")
    return "\n".join([f"01,BANK01,SAYSO,260303,0600,1,,,{version}/", *lines, f"99,{total},1,{len(lines) + 2}/", ""])


SHEET = CsvMap(
    booked_on="Booked", date_form="DD.MM.YYYY", value_on="Value", amount="Amount", decimal_mark=",", thousands_mark=".", delimiter=";", account=IBAN,
    currency_column="Currency", name="Name", other_account="Account", remittance=("Text",), end_to_end_id="E2E", bank_reference="Ref", balance="Balance",
)  # fmt: skip


def sheet(one: Statement) -> str:
    file = io.StringIO()
    rows = csv.writer(file, delimiter=";")
    rows.writerow(["Booked", "Value", "Amount", "Currency", "Name", "Account", "Text", "E2E", "Ref", "Balance"])
    balance = one.opening
    for entry in one.entries:
        balance += entry.amount
        signs = ["-" if amount < 0 else "" for amount in (entry.amount, balance)]
        amount, after = (
            sign + decimal(number, one.currency, mark=",").rstrip(",") for sign, number in zip(signs, (entry.amount, balance), strict=True)
        )
        days = (f"{entry.booked_on:%d.%m.%Y}", f"{entry.value_on:%d.%m.%Y}")
        rows.writerow(
            [*days, amount, one.currency, entry.name, entry.account, entry.text, entry.end_to_end_id, entry.bank_reference, after]
        )
    return file.getvalue()
