"""The model written as UBL 2.1, an Invoice or a CreditNote, as Peppol BIS Billing 3.0 takes it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from service.documents.einvoice.model import AllowanceCharge, EInvoice, Line, Party, Preceding, TaxGroup
from service.documents.einvoice.xml import Node, leaf, parent, plain, written

SCHEMAS: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
NAMESPACES: Final = {"cac": f"{SCHEMAS}CommonAggregateComponents-2", "cbc": f"{SCHEMAS}CommonBasicComponents-2"}
CREDIT_NOTES: Final = frozenset({"81", "83", "381", "396", "532"})
"""Type codes (UNTDID 1001) that UBL has a document of its own for."""


def write_ubl(told: EInvoice) -> bytes:
    """The document as UBL, in the order that its schema asks for."""
    credit = told.type_code in CREDIT_NOTES
    kind = "CreditNote" if credit else "Invoice"
    money = _Money(told.currency)
    root: Node = (
        kind,
        {},
        [
            leaf("cbc:CustomizationID", told.specification),
            leaf("cbc:ProfileID", told.process),
            leaf("cbc:ID", told.number),
            _day("cbc:IssueDate", told.issued_on),
            None if credit else _day("cbc:DueDate", told.due_on),
            leaf(f"cbc:{kind}TypeCode", told.type_code),
            leaf("cbc:Note", told.note),
            leaf("cbc:DocumentCurrencyCode", told.currency),
            leaf("cbc:BuyerReference", told.buyer_reference),
            ("cac:InvoicePeriod", {}, [_day("cbc:StartDate", told.period_from), _day("cbc:EndDate", told.period_until)])
            if told.has_period
            else None,
            *map(_preceding, told.preceding),
            ("cac:AccountingSupplierParty", {}, [_party(told.seller)]),
            ("cac:AccountingCustomerParty", {}, [_party(told.buyer)]),
            _delivery(told),
            _payment(told, due_on=told.due_on if credit else None),
            parent("cac:PaymentTerms", leaf("cbc:Note", told.terms)),
            *_allowances(told.allowances, money, taxed=True),
            parent("cac:TaxTotal", money("cbc:TaxAmount", told.sums.tax), *(_tax(one, money) for one in told.taxes)),
            _sums(told, money),
            *(_line(line, money, credit=credit) for line in told.lines),
        ],
    )
    return written(root, namespaces={"": f"{SCHEMAS}{kind}-2"} | NAMESPACES)


class _Money:
    """Writes amounts with their currency, as UBL wants each."""

    def __init__(self, currency: str | None) -> None:
        self.currency = currency

    def __call__(self, name: str, value: Decimal | None) -> Node | None:
        return leaf(name, plain(value), currencyID=self.currency)


def _preceding(one: Preceding) -> Node:
    reference: Node = ("cac:InvoiceDocumentReference", {}, [leaf("cbc:ID", one.number), _day("cbc:IssueDate", one.issued_on)])
    return ("cac:BillingReference", {}, [reference])


def _party(party: Party) -> Node:
    country = parent("cac:Country", leaf("cbc:IdentificationCode", party.country))
    address: Node = (
        "cac:PostalAddress",
        {},
        [leaf("cbc:StreetName", party.street), leaf("cbc:CityName", party.city), leaf("cbc:PostalZone", party.postcode), country],
    )
    return (
        "cac:Party",
        {},
        [
            leaf("cbc:EndpointID", party.electronic_address, schemeID=party.electronic_scheme),
            address if party.addressed else None,
            _registered(party.vat_id, "VAT"),
            _registered(party.tax_number, "TAX"),
            parent(
                "cac:PartyLegalEntity",
                leaf("cbc:RegistrationName", party.name),
                leaf("cbc:CompanyID", party.legal_id),
                leaf("cbc:CompanyLegalForm", party.legal_words),
            ),
            parent(
                "cac:Contact",
                leaf("cbc:Name", party.contact_name),
                leaf("cbc:Telephone", party.phone),
                leaf("cbc:ElectronicMail", party.email),
            ),
        ],
    )


def _registered(number: str | None, scheme: str) -> Node | None:
    return parent("cac:PartyTaxScheme", leaf("cbc:CompanyID", number), _scheme(scheme)) if number else None


def _scheme(scheme: str = "VAT") -> Node | None:
    return parent("cac:TaxScheme", leaf("cbc:ID", scheme))


def _delivery(told: EInvoice) -> Node | None:
    country = parent("cac:Country", leaf("cbc:IdentificationCode", told.deliver_to_country))
    place: Node = ("cac:DeliveryLocation", {}, [("cac:Address", {}, [country])])
    return parent("cac:Delivery", _day("cbc:ActualDeliveryDate", told.delivered_on), place if told.delivers_somewhere else None)


def _payment(told: EInvoice, *, due_on: date | None) -> Node | None:
    pay = told.payment
    if pay is None:
        return None
    branch = parent("cac:FinancialInstitutionBranch", leaf("cbc:ID", pay.bic))
    return (
        "cac:PaymentMeans",
        {},
        [
            leaf("cbc:PaymentMeansCode", pay.means),
            _day("cbc:PaymentDueDate", due_on),
            leaf("cbc:PaymentID", pay.reference),
            parent("cac:PayeeFinancialAccount", leaf("cbc:ID", pay.account), leaf("cbc:Name", pay.holder), branch),
        ],
    )


def _allowances(ones: Iterable[AllowanceCharge], money: _Money, *, taxed: bool = False) -> list[Node | None]:
    return [
        parent(
            "cac:AllowanceCharge",
            leaf("cbc:ChargeIndicator", "true" if one.is_charge else "false"),
            leaf("cbc:AllowanceChargeReasonCode", one.reason_code),
            leaf("cbc:AllowanceChargeReason", one.reason),
            money("cbc:Amount", one.amount),
            money("cbc:BaseAmount", one.base),
            _category("cac:TaxCategory", one.category, one.rate) if taxed else None,
        )
        for one in ones
    ]


def _category(name: str, category: str | None, rate: Decimal | None, *reasons: Node | None) -> Node | None:
    return (
        parent(name, leaf("cbc:ID", category), leaf("cbc:Percent", plain(rate)), *reasons, _scheme())
        if category or rate is not None
        else None
    )


def _tax(one: TaxGroup, money: _Money) -> Node | None:
    reasons = (leaf("cbc:TaxExemptionReasonCode", one.reason_code), leaf("cbc:TaxExemptionReason", one.reason))
    return parent(
        "cac:TaxSubtotal",
        money("cbc:TaxableAmount", one.base),
        money("cbc:TaxAmount", one.amount),
        _category("cac:TaxCategory", one.category, one.rate, *reasons),
    )


def _sums(told: EInvoice, money: _Money) -> Node | None:
    sums = told.sums
    return parent(
        "cac:LegalMonetaryTotal",
        money("cbc:LineExtensionAmount", sums.lines),
        money("cbc:TaxExclusiveAmount", sums.net),
        money("cbc:TaxInclusiveAmount", sums.total),
        money("cbc:AllowanceTotalAmount", sums.allowances),
        money("cbc:ChargeTotalAmount", sums.charges),
        money("cbc:PrepaidAmount", sums.prepaid),
        money("cbc:PayableRoundingAmount", sums.rounding),
        money("cbc:PayableAmount", sums.due),
    )


def _line(line: Line, money: _Money, *, credit: bool) -> Node:
    return (
        "cac:CreditNoteLine" if credit else "cac:InvoiceLine",
        {},
        [
            leaf("cbc:ID", line.id),
            leaf("cbc:CreditedQuantity" if credit else "cbc:InvoicedQuantity", plain(line.quantity), unitCode=line.unit),
            money("cbc:LineExtensionAmount", line.net),
            *_allowances(line.allowances, money),
            parent("cac:Item", leaf("cbc:Name", line.name), _category("cac:ClassifiedTaxCategory", line.category, line.rate)),
            parent("cac:Price", money("cbc:PriceAmount", line.price)),
        ],
    )


def _day(name: str, on: date | None) -> Node | None:
    return leaf(name, on.isoformat()) if on else None
