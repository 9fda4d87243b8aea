"""One <Ntry> with its details."""

import re
from typing import Any, Final

from service.integrations.bank_statements.camt.amounts import amount_of, day_in, decimal_of, sign_of, yes
from service.integrations.bank_statements.camt.nodes import Node
from service.integrations.bank_statements.camt.parties import parties_of, party_references
from service.integrations.bank_statements.figures import decimal_text, shown, whole_number
from service.integrations.bank_statements.judging import details_sum_of
from service.integrations.bank_statements.records import Detail, Entry, Instructed, StatementUnreadable, Status
from service.integrations.bank_statements.texts import clean_lines, clean_or_none, provided
from service.kit.money import MINOR_DIGITS

_STATUS: Final[dict[str, Status]] = {"BOOK": "booked", "PDNG": "pending", "FUTR": "pending", "INFO": "information"}
_REFERENCES: Final = {
    "MsgId": "message", "PmtInfId": "payment_information", "InstrId": "instruction", "UETR": "uetr", "TxId": "transaction", "ChqNb": "cheque",
    "ClrSysRef": "clearing", "AcctOwnrTxId": "customer", "AcctSvcrTxId": "bank_transaction", "MktInfrstrctrTxId": "market", "PrcgId": "processing",
}  # fmt: skip


def entry_of(node: Node, *, index: int) -> Entry:
    """The entry; amount, currency, sign and status are needed, everything else may be untold."""
    unsigned, currency = amount_of(node.needed("Amt"))
    sign = sign_of(node)
    amount = sign * unsigned
    details = [detail_of(one, currency=currency, sign=sign) for group in node.all("NtryDtls") for one in group.all("TxDtls")]
    said = _entry_words(node, amount=amount, currency=currency)
    if len(details) == 1 and _is_the_entry(node, details[0], amount=amount, currency=currency):
        said = _with_detail(said, details[0], currency=currency)
        details = []
    return Entry(
        line=node.line,
        index=index,
        amount_minor=amount,
        currency=currency,
        booked_on=day_in(node.one("BookgDt")),
        value_on=day_in(node.one("ValDt")),
        status=_status_of(node),
        reversal=yes(node, "RvslInd"),
        details=tuple(details),
        details_sum=details_sum_of(amount, currency, details),
        **said,
    )


def _entry_words(node: Node, *, amount: int, currency: str) -> dict[str, Any]:
    references = [("entry", text)] if (text := node.said("NtryRef")) else []
    for group in node.all("NtryDtls"):
        for batch in group.all("Btch"):
            references += [(_REFERENCES[tag], text) for tag in ("MsgId", "PmtInfId") if (text := batch.said(tag))]
    charges, told = _charges_of(node, currency=currency)
    return {
        "bank_reference": provided(node.said("AcctSvcrRef")),
        "references": tuple(references) + told,
        "booking_text": node.said("AddtlNtryInf"),
        "transaction_code": _code_of(node),
        "charges_minor": charges,
        "instructed": _instructed_of(node, booked=(amount, currency)),
    }


def _is_the_entry(node: Node, detail: Detail, *, amount: int, currency: str) -> bool:
    """A payment told alone is what was booked, unless the batch has more or it tells another amount of the same currency."""
    counts = [told for group in node.all("NtryDtls") for batch in group.all("Btch") if (told := batch.one("NbOfTxs")) is not None]
    if any(whole_number(told.text, told.line, "number of payments") > 1 for told in counts):
        return False
    return detail.amount_minor is None or detail.currency != currency or detail.amount_minor == amount


def _with_detail(said: dict[str, Any], detail: Detail, *, currency: str) -> dict[str, Any]:
    """An entry of one payment says what both say; the payment's own word goes first."""
    told = {name: getattr(detail, name) for name in _SHARED}
    kept = {name: told[name] or said.get(name) for name in _SHARED if told[name] or said.get(name)}
    if "charges_minor" in said and kept.get("charges_minor") is None:
        kept["charges_minor"] = said["charges_minor"]
    references = dict.fromkeys(said["references"] + detail.references)
    if said["bank_reference"] and detail.bank_reference and said["bank_reference"] != detail.bank_reference:
        kept["bank_reference"] = said["bank_reference"]
        references[("bank_transaction", detail.bank_reference)] = None
    if detail.currency not in {None, currency} and "instructed" not in kept:
        kept["instructed"] = Instructed(decimal_text(abs(detail.amount_minor or 0), detail.currency or ""), detail.currency or "")
    return {**kept, "references": tuple(references)}


_SHARED: Final = (
    "payer", "payee", "bank_reference", "end_to_end_id", "mandate_id", "creditor_references", "remittance", "booking_text", "transaction_code",
    "return_reason", "charges_minor", "instructed",
)  # fmt: skip


def detail_of(node: Node, *, currency: str, sign: int) -> Detail:
    """One <TxDtls>; its amount in the entry's currency where any is told in it."""
    amount, of_currency = _detail_amount(node, currency=currency, sign=sign)
    payer, payee = parties_of(node)
    refs = node.one("Refs")
    charges, told = _charges_of(node, currency=currency)
    structured, remittance, documents = _remittance_of(node)
    return Detail(
        line=node.line,
        amount_minor=amount,
        currency=of_currency,
        payer=payer,
        payee=payee,
        bank_reference=provided(refs.said("AcctSvcrRef")) if refs else None,
        end_to_end_id=provided(refs.said("EndToEndId")) if refs else None,
        mandate_id=provided(refs.said("MndtId")) if refs else None,
        creditor_references=structured,
        references=_references_of(refs) + documents + party_references(node) + told,
        remittance=remittance,
        booking_text=node.said("AddtlTxInf"),
        transaction_code=_code_of(node),
        return_reason=node.first_said(("RtrInf", "Rsn", "Cd"), ("RtrInf", "Rsn", "Prtry"), ("RtrInf", "AddtlInf")),
        charges_minor=charges,
        instructed=_instructed_of(node, booked=(amount, of_currency)),
    )


def _status_of(node: Node) -> Status:
    told = node.needed("Sts")
    code = told.said("Cd") or told.text
    if code not in _STATUS:
        raise StatementUnreadable(told.line, "status_unknown", f"The status {shown(code)} doesn't say whether this was booked.")
    return _STATUS[code]


def _detail_amount(node: Node, *, currency: str, sign: int) -> tuple[int | None, str | None]:
    own = node.one("CdtDbtInd")
    sign = sign_of(node) if own is not None else sign
    paths = (("Amt",), ("AmtDtls", "TxAmt", "Amt"), ("AmtDtls", "InstdAmt", "Amt"))
    told = [found for path in paths if (found := node.one(*path)) is not None]
    chosen = next((one for one in told if one.attributes.get("Ccy") == currency), told[0] if told else None)
    if chosen is None:
        return None, None
    if chosen.attributes.get("Ccy") not in MINOR_DIGITS:
        return None, None  # stays with `instructed`; the details then don't tell what they come to
    unsigned, of_currency = amount_of(chosen)
    return sign * unsigned, of_currency


def _instructed_of(node: Node, *, booked: tuple[int | None, str | None]) -> Instructed | None:
    told = node.one("AmtDtls", "InstdAmt", "Amt")
    if told is None:
        return None
    currency = told.attributes.get("Ccy", "")
    if not re.fullmatch("[A-Z]{3}", currency, re.ASCII):
        raise StatementUnreadable(
            told.line, "currency_unreadable", f"{shown(currency)} is no currency: three capital letters were expected."
        )
    if currency in MINOR_DIGITS and booked == _signed_like(booked, told):
        return None
    return Instructed(decimal_of(told), currency)


def _signed_like(booked: tuple[int | None, str | None], told: Node) -> tuple[int, str]:
    amount, currency = amount_of(told)
    return (-amount if (booked[0] or 0) < 0 else amount), currency


def _charges_of(node: Node, *, currency: str) -> tuple[int | None, tuple[tuple[str, str], ...]]:
    """Charges in the entry's currency and whole as a sum, others in words: they say why an amount is short, no sum needs them."""
    total, told = None, []
    for charges in node.all("Chrgs"):
        records = list(charges.all("Rcrd")) or [charges]
        for record in records:
            amount = record.one("Amt") or record.one("TtlChrgsAndTaxAmt")
            if amount is None:
                continue
            mark = record.one("CdtDbtInd")
            sign = -1 if mark is not None and sign_of(record) > 0 else 1
            try:
                unsigned, of_currency = amount_of(amount)
            except StatementUnreadable:
                of_currency, unsigned = "", 0
            if of_currency == currency:
                total = (total or 0) + sign * unsigned
            else:
                told.append(("charges", f"{'-' if sign < 0 else ''}{amount.text} {amount.attributes.get('Ccy', '')}".strip()))
    return total, tuple(told)


def _code_of(node: Node) -> str | None:
    """`PMNT-RCDT-ESCT` of the domain, else the bank's own code."""
    code = node.one("BkTxCd")
    if code is None:
        return None
    domain = code.one("Domn")
    if domain is not None:
        parts = (domain.said("Cd"), domain.said("Fmly", "Cd"), domain.said("Fmly", "SubFmlyCd"))
        own = code.said("Prtry", "Cd")
        return "-".join(part or "" for part in parts) + (f" {own}" if own else "")
    return code.said("Prtry", "Cd")


def _references_of(refs: Node | None) -> tuple[tuple[str, str], ...]:
    if refs is None:
        return ()
    told = [
        (kind, text) for child in refs.children if (kind := _REFERENCES.get(child.tag)) and (text := provided(clean_or_none(child.text)))
    ]
    told += [(one.said("Tp") or "proprietary", text) for one in refs.all("Prtry") if (text := one.said("Ref"))]
    return tuple(told)


def _remittance_of(node: Node) -> tuple[tuple[str, ...], str, tuple[tuple[str, str], ...]]:
    info = node.one("RmtInf")
    if info is None:
        return (), "", ()
    structured: list[str] = []
    lines = [one.text for one in info.all("Ustrd")]
    documents: list[tuple[str, str]] = []
    for one in info.all("Strd"):
        if reference := one.said("CdtrRefInf", "Ref"):
            structured.append(reference)
        lines += [more.text for more in one.all("AddtlRmtInf")]
        documents += [("document", number) for document in one.all("RfrdDocInf") if (number := document.said("Nb"))]
    return tuple(structured), clean_lines(lines), tuple(documents)
