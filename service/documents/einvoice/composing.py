"""Invoices and credit notes as issued become what EN 16931 calls one: amounts without tax, line by line, adding up to the cent."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from service.documents.einvoice.model import AllowanceCharge, EInvoice, Line, Party, Payment, Preceding, Sums, TaxGroup
from service.documents.traded import TradedDocument, TradedLine, TradedParty, TradedTax
from service.documents.words import WORDS
from service.kit.money import MINOR_DIGITS, exact

SPECIFICATION: Final = "urn:cen.eu:en16931:2017"
PEPPOL: Final = f"{SPECIFICATION}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PEPPOL_PROCESS: Final = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
MOST_DECIMALS: Final = 10
"""Of quantities and prices, which the norm leaves free: a third of an hour is exact enough to give its line's amount again."""
REASONS: Final = {"AE": "VATEX-EU-AE", "K": "VATEX-EU-IC", "G": "VATEX-EU-G", "O": "VATEX-EU-O"}
"""Why no tax is charged, where the category says it all; an exemption (E) says itself why."""
ONE: Final = "C62"
"""The unit of what is no quantity of anything: money alone."""
_Rate = tuple[str, str]


def composed(told: TradedDocument) -> EInvoice:
    """The document in the model; whether it is as the norm asks is for the rules to say."""
    groups = _groups(told)
    lines, categories = _lines(told, groups), {category for category, _ in groups}
    nets = dict(_net_amounts(told.tax_basis, groups, lines))
    outside = categories == {"O"}
    several = told.delivered_from != told.delivered_until
    return EInvoice(
        specification=SPECIFICATION,
        number=told.number,
        issued_on=told.issued_on,
        type_code=told.type_code,
        currency=told.currency,
        note=_line_of(told.note),
        buyer_reference=_line_of(told.buyer.buyer_reference),
        due_on=told.due_on,
        terms=_terms(told),
        preceding=(Preceding(told.corrects, told.corrects_issued_on),) if told.corrects else (),
        seller=_party(told.seller, outside=outside),
        buyer=_party(told.buyer, outside=outside),
        deliver_to_country=told.buyer.country or None if "K" in categories else None,
        delivers_somewhere=bool(told.buyer.country) and "K" in categories,
        delivered_on=told.delivered_until,
        has_period=several,
        period_from=told.delivered_from if several else None,
        period_until=told.delivered_until if several else None,
        payment=_payment(told),
        taxes=tuple(_tax(told, one) for one in groups.values()),
        sums=_sums(told, groups),
        lines=tuple(_line(told, line, nets[line.number]) for line in lines),
    )


def for_peppol(told: EInvoice) -> EInvoice:
    """The same as a document of Peppol BIS Billing 3.0, where both have an electronic address and the buyer a reference; else as it is."""
    if not (told.seller.electronic_address and told.buyer.electronic_address and told.buyer_reference):
        return told
    return replace(told, specification=PEPPOL, process=PEPPOL_PROCESS)


def _rate(one: TradedLine | TradedTax) -> _Rate:
    return one.category, one.rate


def _groups(told: TradedDocument) -> dict[_Rate, TradedTax]:
    """The taxes by category and rate. What was free is no tax of its own beside others."""
    groups = {_rate(one): one for one in told.taxes}
    taxed = {key: one for key, one in groups.items() if one.category != "O" or one.lines_minor}
    return taxed or groups


def _lines(told: TradedDocument, groups: dict[_Rate, TradedTax]) -> list[TradedLine]:
    """The lines; what was free is taxed as the rest is, since nothing of nothing is nothing, and an invoice outside of tax has no other lines (BR-O-12)."""
    category, rate = next(iter(groups))
    return [line if _rate(line) in groups else replace(line, category=category, rate=rate) for line in told.lines]


def _net_amounts(basis: str, groups: dict[_Rate, TradedTax], lines: Sequence[TradedLine]) -> Iterator[tuple[int, int]]:
    """Each line's amount without tax in minor units: of prices that include tax its share of what remains of the rate's sum, so that the shares come to it."""
    by_rate: dict[_Rate, list[TradedLine]] = defaultdict(list)
    for line in lines:
        by_rate[_rate(line)].append(line)
    for key, ones in by_rate.items():
        tax, before = groups[key], 0
        net = tax.lines_minor - (tax.tax_minor if basis == "incl" else 0)
        for line in ones:
            after = before + line.net_minor
            share = net * after // tax.lines_minor - net * before // tax.lines_minor if tax.lines_minor else 0
            yield line.number, share
            before = after


def _line(told: TradedDocument, line: TradedLine, net_minor: int) -> Line:
    """A line at its net price: as agreed where that is without tax, else what gives its net amount."""
    money, quantity, unit = _Money(told.currency), exact(line.quantity), line.unit
    if told.tax_basis == "incl" and line.net_minor:
        discount = line.discount_minor * net_minor // line.net_minor
        price = Fraction(net_minor + discount) / quantity if quantity else Fraction(0)
    else:
        discount, price = line.discount_minor, exact(line.unit_price)
    if quantity == 0:
        quantity, price, unit = Fraction(1), Fraction(net_minor), ONE
    reason = WORDS[told.language]["discount"]
    return Line(
        id=str(line.number),
        quantity=_decimal(quantity),
        unit=unit,
        net=money(net_minor),
        price=_decimal(price / 10 ** MINOR_DIGITS[told.currency]),
        name=_line_of(line.description),
        category=line.category,
        rate=_percent(line.category, line.rate),
        allowances=(AllowanceCharge(is_charge=False, amount=money(discount), reason=reason),) if discount else (),
    )


def _tax(told: TradedDocument, one: TradedTax) -> TaxGroup:
    money, words = _Money(told.currency), WORDS[told.language]
    base = one.lines_minor - (one.tax_minor if told.tax_basis == "incl" else 0)
    code = one.exemption_code or REASONS.get(one.category)
    return TaxGroup(
        category=one.category,
        rate=_percent(one.category, one.rate),
        base=money(base),
        amount=money(one.tax_minor),
        reason=one.exemption_reason or words.get(f"untaxed_{one.category}"),
        reason_code=code,
    )


def _sums(told: TradedDocument, groups: dict[_Rate, TradedTax]) -> Sums:
    money = _Money(told.currency)
    tax = sum(one.tax_minor for one in groups.values())
    net = told.total_minor - tax
    return Sums(
        lines=money(net), net=money(net), tax=money(tax), total=money(told.total_minor),
        prepaid=money(told.total_minor - told.open_minor) if told.total_minor != told.open_minor else None, due=money(told.open_minor),
    )  # fmt: skip


def _party(one: TradedParty, *, outside: bool) -> Party:
    """Seller or buyer; on what is outside of tax neither has a VAT id (BR-O-02)."""
    scheme, _, address = one.electronic_address.partition(":")
    return Party(
        name=_line_of(one.name), legal_id=_line_of(one.legal_id), vat_id=None if outside else one.vat_id or None, tax_number=_line_of(one.tax_number),
        legal_words=_line_of(one.legal_words), electronic_address=address or None, electronic_scheme=scheme or None,
        street=_line_of(one.street), city=_line_of(one.city), postcode=_line_of(one.postcode), country=one.country or None,
        addressed=bool(one.country or one.street or one.city or one.postcode),
        contact_name=_line_of(one.name) if one.phone else None, phone=_line_of(one.phone), email=one.email or None,
    )  # fmt: skip


def _payment(told: TradedDocument) -> Payment | None:
    """By transfer of what is open, under the reference that finds its invoice; nothing where nothing is to be paid or nobody told us an account."""
    to = told.pay_to
    if told.corrects or told.open_minor <= 0 or not to.iban:
        return None
    return Payment("58" if told.currency == "EUR" else "30", told.payment_reference, to.iban, to.holder or None, to.bic or None)


def _terms(told: TradedDocument) -> str | None:
    return WORDS[told.language]["credit_terms"] if told.corrects else None


class _Money:
    """Minor units as the norm writes amounts: with as many digits after the point as the currency has."""

    def __init__(self, currency: str) -> None:
        self.digits = MINOR_DIGITS[currency]

    def __call__(self, minor: int) -> Decimal:
        return Decimal(minor).scaleb(-self.digits)


def _line_of(text: str) -> str | None:
    """A text on one line, each space one; None where there is nothing in it."""
    return " ".join(text.split()) or None


def _percent(category: str, rate: str) -> Decimal | None:
    """The rate in per cent; what is outside of tax has none."""
    return None if category == "O" else _decimal(exact(rate))


def _decimal(value: Fraction) -> Decimal:
    """A decimal with as few digits as it needs, MOST_DECIMALS at most after the point."""
    with localcontext(prec=60):
        near = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-MOST_DECIMALS))
        return Decimal(f"{near:f}".rstrip("0").rstrip("."))
