"""Good e-invoices of each tax category, and for each rule what makes a good one break it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from service.documents.einvoice.model import AllowanceCharge, EInvoice, Line, Party, Payment, Preceding, Sums, TaxGroup

D = Decimal
SELLER = Party(
    name="Northwind GmbH", legal_id="HRB 12345", vat_id="DE123456789", tax_number="12/345/67890", legal_words="Amtsgericht Berlin",
    electronic_address="991-12345-67", electronic_scheme="0204", street="Werkstraße 7", city="Berlin", postcode="10115", country="DE", addressed=True,
    contact_name="Office", phone="+49 30 555 0100", email="help@northwind.example",
)  # fmt: skip
BUYER = Party(
    name="Ada & Söhne <Wien>", vat_id="ATU12345678", electronic_address="bills@a.example", electronic_scheme="EM", street="Ringstraße 1", city="Wien",
    postcode="1010", country="AT", addressed=True,
)  # fmt: skip
REASONS = {"E": "VATEX-EU-132", "AE": "VATEX-EU-AE", "K": "VATEX-EU-IC", "G": "VATEX-EU-G", "O": "VATEX-EU-O"}
RATES = {"S": D(19), "L": D(7), "O": None}
CODES = {"S": "S", "Z": "Z", "E": "E", "AE": "AE", "IC": "K", "G": "G", "O": "O"}
"""The name of a category in the rules' ids, and its code."""
Spoil = Callable[[EInvoice], EInvoice]


def good(code: str = "S", *, line: str | None = None, allowance: str | None = None, charge: str | None = None) -> EInvoice:
    """An invoice of one line with an allowance and a charge of its own, and both on the whole; all of one category, unless told otherwise; '' leaves one out."""
    of_line, of_allowance, of_charge = (code if one is None else one for one in (line, allowance, charge))
    allowances = tuple(
        AllowanceCharge(is_charge, D(amount), reason=reason, category=category, rate=RATES.get(category, D(0)))
        for is_charge, amount, reason, category in ((False, "5.00", "Goodwill", of_allowance), (True, "3.00", "Travel", of_charge))
        if category
    )
    bases = {of_line: D("100.00")}
    for one in allowances:
        bases[str(one.category)] = bases.get(str(one.category), D("0.00")) + (D(str(one.amount)) if one.is_charge else -D(str(one.amount)))
    taxes = tuple(
        TaxGroup(one, RATES.get(one, D(0)), base, (base * (RATES.get(one) or D(0)) / 100).quantize(D("0.01")), None, REASONS.get(one))
        for one, base in bases.items()
    )
    tax, net = sum((one.amount or D(0) for one in taxes), D("0.00")), sum(bases.values(), D("0.00"))
    outside = "O" in bases
    of_own = (
        AllowanceCharge(is_charge=False, amount=D("15.00"), reason="Discount"),
        AllowanceCharge(is_charge=True, amount=D("5.00"), reason="Rush"),
    )
    return EInvoice(
        specification="urn:cen.eu:en16931:2017", number="INV-2026-1", issued_on=date(2026, 3, 4), type_code="380", currency="EUR", note="J-7K3QD",
        buyer_reference="PO 4711", due_on=date(2026, 3, 18), preceding=(Preceding("INV-2025-9", date(2025, 12, 1)),),
        seller=msgspec.structs.replace(SELLER, vat_id=None) if outside else SELLER, buyer=msgspec.structs.replace(BUYER, vat_id=None) if outside else BUYER,
        delivered_on=date(2026, 3, 4), deliver_to_country="AT", delivers_somewhere=True, has_period=True, period_from=date(2026, 3, 1),
        period_until=date(2026, 3, 4), payment=Payment("58", "RF85INV20261", "DE75512108001245126199", "Northwind GmbH", "SOGEDEFFXXX"),
        allowances=allowances, taxes=taxes, lines=(Line("1", D(1), "HUR", D("100.00"), D("110.00"), "Work", of_line, RATES.get(of_line, D(0)), of_own),),
        sums=Sums(
            lines=D("100.00"), allowances=D("5.00") if of_allowance else None, charges=D("3.00") if of_charge else None, net=net, tax=tax,
            total=net + tax, prepaid=D("20.00"), due=net + tax - 20,
        ),
    )  # fmt: skip


def told(**changes: Any) -> Spoil:
    return lambda one: msgspec.structs.replace(one, **changes)


def _inner(name: str, /, **changes: Any) -> Spoil:
    return lambda one: msgspec.structs.replace(one, **{name: msgspec.structs.replace(getattr(one, name), **changes)})


def first(name: str, /, **changes: Any) -> Spoil:
    return lambda one: msgspec.structs.replace(
        one, **{name: (msgspec.structs.replace(getattr(one, name)[0], **changes), *getattr(one, name)[1:])}
    )


def _more(name: str, *others: Any) -> Spoil:
    return lambda one: msgspec.structs.replace(one, **{name: (*getattr(one, name), *others)})


def _line_with(is_charge: bool, **changes: Any) -> Spoil:
    other = msgspec.structs.replace(AllowanceCharge(is_charge, D("0.00"), reason="Rounding"), **changes)
    return lambda one: first("lines", allowances=(*one.lines[0].allowances, other))(one)


def _shifted(by: str, *names: str) -> Spoil:
    """Some of the totals by so much, so that no other sum breaks."""
    return lambda one: _inner("sums", **{name: getattr(one.sums, name) + D(by) for name in names})(one)


def _both(*spoils: Spoil) -> Spoil:
    def all_of_them(one: EInvoice) -> EInvoice:
        for spoil in spoils:
            one = spoil(one)
        return one

    return all_of_them


def _long(name: str) -> Spoil:
    """One digit too many, of the same value."""
    return lambda one: _inner("sums", **{name: D(f"{getattr(one.sums, name) or D(0):.3f}")})(one)


def _line(**changes: Any) -> Spoil:
    """Another line of nothing."""
    return _more("lines", msgspec.structs.replace(Line("2", D(1), "EA", D("0.00"), D(0), "Gift", "S", D(19)), **changes))


def _allowance(*, is_charge: bool = False, **changes: Any) -> Spoil:
    """Another allowance or charge of nothing."""
    return _more(
        "allowances", msgspec.structs.replace(AllowanceCharge(is_charge, D("0.00"), reason="Rounding", category="S", rate=D(19)), **changes)
    )


_NO_ADDRESS = {"street": None, "city": None, "postcode": None, "country": None, "addressed": False}
_NOTHING_BILLED = _both(
    told(lines=()),
    first("taxes", base=D("-2.00"), amount=D("-0.38")),
    _inner("sums", lines=D("0.00"), net=D("-2.00"), tax=D("-0.38"), total=D("-2.38"), prepaid=None, due=D("-2.38")),
)
_UNTOLD = {"taxes": (), "lines": (Line("1", D(1), "HUR", D("100.00"), D(100), "Work", "L", D(7)),), "allowances": ()}

PLAIN: dict[str, Spoil] = {
    "BR-01": told(specification=None), "BR-02": told(number=None), "BR-03": told(issued_on=None), "BR-04": told(type_code=None),
    "BR-05": told(currency=None), "BR-06": _inner("seller", name=None), "BR-07": _inner("buyer", name=None), "BR-08": _inner("seller", **_NO_ADDRESS),
    "BR-09": _inner("seller", country=None), "BR-10": _inner("buyer", **_NO_ADDRESS), "BR-11": _inner("buyer", country=None),
    "BR-12": _inner("sums", lines=None), "BR-13": _inner("sums", net=None), "BR-14": _inner("sums", total=None), "BR-15": _inner("sums", due=None),
    "BR-16": _NOTHING_BILLED, "BR-21": first("lines", id=None), "BR-22": first("lines", quantity=None, unit=None), "BR-23": first("lines", unit=None),
    "BR-24": _line(net=None), "BR-25": first("lines", name=None), "BR-26": first("lines", price=None), "BR-27": first("lines", price=D(-1)),
    "BR-29": told(period_until=date(2026, 2, 28)), "BR-31": _allowance(amount=None), "BR-32": _allowance(category=None, rate=None),
    "BR-33": _allowance(reason=None), "BR-36": _allowance(is_charge=True, amount=None), "BR-37": _allowance(is_charge=True, category=None, rate=None),
    "BR-38": _allowance(is_charge=True, reason=None), "BR-41": _line_with(False, amount=None), "BR-42": _line_with(False, reason=None),
    "BR-43": _line_with(True, amount=None), "BR-44": _line_with(True, reason=None), "BR-45": first("taxes", base=None),
    "BR-47": _more("taxes", TaxGroup(None, D(0), D("0.00"), D("0.00"))), "BR-49": _inner("payment", means=None),
    "BR-50": _inner("payment", account=None), "BR-61": _inner("payment", means="30", account=None), "BR-55": first("preceding", number=None),
    "BR-57": told(deliver_to_country=None), "BR-62": _inner("seller", electronic_scheme=None), "BR-63": _inner("buyer", electronic_scheme=None),
    "BR-CO-04": _line(category=None, rate=None), "BR-CO-09": _inner("buyer", vat_id="QQ12345678"),
    "BR-CO-10": _shifted("1.00", "lines", "net", "total", "due"),
    "BR-CO-11": _both(_shifted("1.00", "allowances"), _shifted("-1.00", "net", "total", "due")), "BR-CO-12": _shifted("1.00", "charges", "net", "total", "due"),
    "BR-CO-13": _shifted("1.00", "net", "total", "due"), "BR-CO-14": _shifted("1.00", "tax", "total", "due"), "BR-CO-15": _shifted("1.00", "total", "due"),
    "BR-CO-16": _shifted("1.00", "due"), "BR-CO-17": _both(first("taxes", amount=D("20.62")), _shifted("2.00", "tax", "total", "due")),
    "BR-CO-18": _both(told(**_UNTOLD), _inner("sums", allowances=None, charges=None, net=D("100.00"), tax=D("0.00"), total=D("100.00"), due=D("80.00"))),
    "BR-CO-19": told(period_from=None, period_until=None), "BR-CO-21": _allowance(reason=None), "BR-CO-22": _allowance(is_charge=True, reason=None),
    "BR-CO-23": _line_with(False, reason=None), "BR-CO-24": _line_with(True, reason=None), "BR-CO-25": told(due_on=None, terms=None),
    "BR-CO-26": _inner("seller", vat_id=None, legal_id=None), "BR-CL-01": told(type_code="999"), "BR-CL-04": told(currency="XYZ"),
    "BR-CL-14": _inner("buyer", country="QQ"), "BR-CL-16": _inner("payment", means="999"), "BR-CL-17": _more("taxes", TaxGroup("XX", D(0), D("0.00"), D("0.00"))), "BR-CL-18": _line(category="XX"),
    "BR-CL-23": first("lines", unit="hour"), "BR-CL-25": _inner("buyer", electronic_scheme="1234"),
    "BR-DEC-01": _allowance(amount=D("0.000")), "BR-DEC-02": _allowance(base=D("1.000")), "BR-DEC-05": _allowance(is_charge=True, amount=D("0.000")),
    "BR-DEC-06": _allowance(is_charge=True, base=D("1.000")), "BR-DEC-09": _long("lines"), "BR-DEC-10": _long("allowances"),
    "BR-DEC-11": _long("charges"), "BR-DEC-12": _long("net"), "BR-DEC-13": _long("tax"), "BR-DEC-14": _long("total"), "BR-DEC-16": _long("prepaid"),
    "BR-DEC-17": _long("rounding"), "BR-DEC-18": _long("due"), "BR-DEC-19": first("taxes", base=D("98.000")),
    "BR-DEC-20": first("taxes", amount=D("18.620")), "BR-DEC-23": _line(net=D("0.000")), "BR-DEC-24": _line_with(False, amount=D("0.000")),
    "BR-DEC-25": _line_with(False, base=D("1.000")), "BR-DEC-27": _line_with(True, amount=D("0.000")), "BR-DEC-28": _line_with(True, base=D("1.000")),
}  # fmt: skip
"""What breaks each rule in a good invoice of the standard rate."""
OTHERS: dict[str, tuple[str, Spoil]] = {
    "BR-46": ("Z", first("taxes", amount=None)),
    "BR-48": ("Z", first("taxes", rate=None)),
    "BR-CL-22": ("E", first("taxes", reason_code="VATEX-EU-NONE")),
    "BR-IC-11": ("K", told(delivered_on=None, has_period=False, period_from=None, period_until=None)),
    "BR-IC-12": ("K", told(deliver_to_country=None, delivers_somewhere=False)),
    "BR-O-11": ("O", _more("taxes", TaxGroup("L", D(7), D("0.00"), D("0.00")))),
    "BR-O-12": ("O", _line(category="L", rate=D(7))),
    "BR-O-13": ("O", _allowance(category="L", rate=D(7))),
    "BR-O-14": ("O", _allowance(is_charge=True, category="L", rate=D(7))),
}
"""The same of rules that other categories have."""
TWINS = (
    {"BR-33", "BR-CO-21"}, {"BR-38", "BR-CO-22"}, {"BR-42", "BR-CO-23"}, {"BR-44", "BR-CO-24"}, {"BR-50", "BR-61"},
    *({"BR-CO-17", f"BR-{name}-09"} for name in CODES),
)  # fmt: skip
"""Rules of the norm that say the same of the same mistake."""


def _anonymous(name: str) -> Spoil:
    """Without a number that the category asks for, or with one that it forbids."""
    if name == "O":
        return _inner("buyer", vat_id="ATU12345678")
    return _inner("seller", vat_id=None) if name in ("IC", "G") else _inner("seller", vat_id=None, tax_number=None)


def _misbased(code: str) -> tuple[EInvoice, Spoil]:
    """A base that isn't the sum of its lines, with the tax that it would have."""
    if code == "S":
        return good(code), _both(first("taxes", base=D("108.00"), amount=D("20.52")), _shifted("1.90", "tax", "total", "due"))
    return good(code), first("taxes", base=D("108.00"))


def of_category(number: int, name: str) -> tuple[EInvoice, EInvoice, set[str]]:
    """A good invoice of the category, one that breaks its rule of that number, and the rules that this one breaks."""
    code, rule = CODES[name], f"BR-{name}-{number:02d}"
    wrong, untold = D(0) if name in ("S", "O") else D(5), None if code in REASONS else "VATEX-EU-132"
    one, spoil = {
        1: (good(code), first("taxes", category="L", reason=None, reason_code=None, rate=RATES["S"] if name == "S" else D(0))),
        2: (good(code, allowance="", charge=""), _anonymous(name)),
        3: (good(code, line="L", charge=""), _anonymous(name)),
        4: (good(code, line="L", allowance=""), _anonymous(name)),
        5: (good(code), _line(category=code, rate=wrong)),
        6: (good(code), _allowance(category=code, rate=wrong)),
        7: (good(code), _allowance(is_charge=True, category=code, rate=wrong)),
        8: _misbased(code),
        9: (good(code), _both(first("taxes", amount=D("20.62" if code == "S" else "2.00")), _shifted("2.00", "tax", "total", "due"))),
        10: (good(code), first("taxes", reason=None, reason_code=untold)),
    }[number]
    return one, spoil(one), {rule, "BR-O-11", "BR-O-12"} if name == "O" and number in (3, 4) else {rule}
