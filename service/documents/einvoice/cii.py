"""The model written as UN/CEFACT Cross Industry Invoice D16B, in the profile EN 16931 of Factur-X and ZUGFeRD."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from service.documents.einvoice.model import AllowanceCharge, EInvoice, Line, Party, TaxGroup
from service.documents.einvoice.xml import Node, leaf, parent, plain, written

NAMESPACES: Final = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}
_DAY: Final = "102"
"""UNTDID 2379: CCYYMMDD."""


def write_cii(told: EInvoice) -> bytes:
    """The document as CII, in the order that its schema asks for."""
    root: Node = (
        "rsm:CrossIndustryInvoice",
        {},
        [
            (
                "rsm:ExchangedDocumentContext",
                {},
                [
                    parent("ram:BusinessProcessSpecifiedDocumentContextParameter", leaf("ram:ID", told.process)),
                    parent("ram:GuidelineSpecifiedDocumentContextParameter", leaf("ram:ID", told.specification)),
                ],
            ),
            (
                "rsm:ExchangedDocument",
                {},
                [
                    leaf("ram:ID", told.number),
                    leaf("ram:TypeCode", told.type_code),
                    _day("ram:IssueDateTime", told.issued_on),
                    parent("ram:IncludedNote", leaf("ram:Content", told.note)),
                ],
            ),
            ("rsm:SupplyChainTradeTransaction", {}, [*map(_line, told.lines), _agreement(told), _delivery(told), _settlement(told)]),
        ],
    )
    return written(root, namespaces=NAMESPACES)


def _line(line: Line) -> Node:
    return (
        "ram:IncludedSupplyChainTradeLineItem",
        {},
        [
            parent("ram:AssociatedDocumentLineDocument", leaf("ram:LineID", line.id)),
            parent("ram:SpecifiedTradeProduct", leaf("ram:Name", line.name)),
            parent("ram:SpecifiedLineTradeAgreement", parent("ram:NetPriceProductTradePrice", _amount("ram:ChargeAmount", line.price))),
            parent("ram:SpecifiedLineTradeDelivery", leaf("ram:BilledQuantity", plain(line.quantity), unitCode=line.unit)),
            (
                "ram:SpecifiedLineTradeSettlement",
                {},
                [
                    _category("ram:ApplicableTradeTax", line.category, line.rate),
                    *_allowances(line.allowances),
                    parent("ram:SpecifiedTradeSettlementLineMonetarySummation", _amount("ram:LineTotalAmount", line.net)),
                ],
            ),
        ],
    )


def _category(name: str, category: str | None, rate: Decimal | None) -> Node | None:
    if category is None and rate is None:
        return None
    return parent(name, leaf("ram:TypeCode", "VAT"), leaf("ram:CategoryCode", category), _amount("ram:RateApplicablePercent", rate))


def _allowances(ones: Iterable[AllowanceCharge], *, taxed: bool = False) -> list[Node | None]:
    return [
        parent(
            "ram:SpecifiedTradeAllowanceCharge",
            parent("ram:ChargeIndicator", leaf("udt:Indicator", "true" if one.is_charge else "false")),
            _amount("ram:BasisAmount", one.base),
            _amount("ram:ActualAmount", one.amount),
            leaf("ram:ReasonCode", one.reason_code),
            leaf("ram:Reason", one.reason),
            _category("ram:CategoryTradeTax", one.category, one.rate) if taxed else None,
        )
        for one in ones
    ]


def _agreement(told: EInvoice) -> Node:
    return (
        "ram:ApplicableHeaderTradeAgreement",
        {},
        [
            leaf("ram:BuyerReference", told.buyer_reference),
            _party("ram:SellerTradeParty", told.seller),
            _party("ram:BuyerTradeParty", told.buyer),
        ],
    )


def _party(name: str, party: Party) -> Node:
    address: Node = ("ram:PostalTradeAddress", {}, [
        leaf("ram:PostcodeCode", party.postcode),
        leaf("ram:LineOne", party.street),
        leaf("ram:CityName", party.city),
        leaf("ram:CountryID", party.country),
    ])  # fmt: skip
    return (
        name,
        {},
        [
            leaf("ram:Name", party.name),
            leaf("ram:Description", party.legal_words),
            parent("ram:SpecifiedLegalOrganization", leaf("ram:ID", party.legal_id)),
            parent(
                "ram:DefinedTradeContact",
                leaf("ram:PersonName", party.contact_name),
                parent("ram:TelephoneUniversalCommunication", leaf("ram:CompleteNumber", party.phone)),
                parent("ram:EmailURIUniversalCommunication", leaf("ram:URIID", party.email)),
            ),
            address if party.addressed else None,
            parent("ram:URIUniversalCommunication", leaf("ram:URIID", party.electronic_address, schemeID=party.electronic_scheme)),
            parent("ram:SpecifiedTaxRegistration", leaf("ram:ID", party.vat_id, schemeID="VA")),
            parent("ram:SpecifiedTaxRegistration", leaf("ram:ID", party.tax_number, schemeID="FC")),
        ],
    )


def _delivery(told: EInvoice) -> Node:
    country: Node = ("ram:PostalTradeAddress", {}, [leaf("ram:CountryID", told.deliver_to_country)])
    return (
        "ram:ApplicableHeaderTradeDelivery",
        {},
        [
            ("ram:ShipToTradeParty", {}, [country]) if told.delivers_somewhere else None,
            parent("ram:ActualDeliverySupplyChainEvent", _day("ram:OccurrenceDateTime", told.delivered_on)),
        ],
    )


def _settlement(told: EInvoice) -> Node:
    pay, sums = told.payment, told.sums
    period: Node = (
        "ram:BillingSpecifiedPeriod",
        {},
        [_day("ram:StartDateTime", told.period_from), _day("ram:EndDateTime", told.period_until)],
    )
    return (
        "ram:ApplicableHeaderTradeSettlement",
        {},
        [
            leaf("ram:PaymentReference", pay.reference if pay else None),
            leaf("ram:InvoiceCurrencyCode", told.currency),
            (
                "ram:SpecifiedTradeSettlementPaymentMeans",
                {},
                [
                    leaf("ram:TypeCode", pay.means),
                    parent("ram:PayeePartyCreditorFinancialAccount", leaf("ram:IBANID", pay.account), leaf("ram:AccountName", pay.holder)),
                    parent("ram:PayeeSpecifiedCreditorFinancialInstitution", leaf("ram:BICID", pay.bic)),
                ],
            )
            if pay
            else None,
            *map(_tax, told.taxes),
            period if told.has_period else None,
            *_allowances(told.allowances, taxed=True),
            parent("ram:SpecifiedTradePaymentTerms", leaf("ram:Description", told.terms), _day("ram:DueDateDateTime", told.due_on)),
            parent(
                "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
                _amount("ram:LineTotalAmount", sums.lines),
                _amount("ram:ChargeTotalAmount", sums.charges),
                _amount("ram:AllowanceTotalAmount", sums.allowances),
                _amount("ram:TaxBasisTotalAmount", sums.net),
                leaf("ram:TaxTotalAmount", plain(sums.tax), currencyID=told.currency),
                _amount("ram:RoundingAmount", sums.rounding),
                _amount("ram:GrandTotalAmount", sums.total),
                _amount("ram:TotalPrepaidAmount", sums.prepaid),
                _amount("ram:DuePayableAmount", sums.due),
            ),
            *(_preceding(one.number, one.issued_on) for one in told.preceding),
        ],
    )


def _tax(one: TaxGroup) -> Node | None:
    return parent(
        "ram:ApplicableTradeTax",
        _amount("ram:CalculatedAmount", one.amount),
        leaf("ram:TypeCode", "VAT"),
        leaf("ram:ExemptionReason", one.reason),
        _amount("ram:BasisAmount", one.base),
        leaf("ram:CategoryCode", one.category),
        leaf("ram:ExemptionReasonCode", one.reason_code),
        _amount("ram:RateApplicablePercent", one.rate),
    )


def _preceding(number: str | None, issued_on: date | None) -> Node:
    when = leaf("qdt:DateTimeString", issued_on.strftime("%Y%m%d"), format=_DAY) if issued_on else None
    return ("ram:InvoiceReferencedDocument", {}, [leaf("ram:IssuerAssignedID", number), parent("ram:FormattedIssueDateTime", when)])


def _day(name: str, on: date | None) -> Node | None:
    return parent(name, leaf("udt:DateTimeString", on.strftime("%Y%m%d"), format=_DAY)) if on else None


def _amount(name: str, value: Decimal | None) -> Node | None:
    return leaf(name, plain(value))
