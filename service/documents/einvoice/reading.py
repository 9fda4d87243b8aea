"""E-invoices read back from CII or UBL, whoever wrote them: what is there as it is written, what isn't as missing."""

from service.documents.einvoice.cii import NAMESPACES
from service.documents.einvoice.model import AllowanceCharge, EInvoice, Line, Party, Payment, Preceding, Sums, TaxGroup
from service.documents.einvoice.ubl import SCHEMAS
from service.documents.einvoice.xml import Element, MalformedXml, day_in, read


def read_einvoice(content: bytes) -> EInvoice:
    """The document in the model, whichever of both syntaxes it is written in. Raises MalformedXml."""
    root = read(content)
    if (root.namespace, root.name) == (NAMESPACES["rsm"], "CrossIndustryInvoice"):
        return _cii(root)
    if root.name in ("Invoice", "CreditNote") and root.namespace == f"{SCHEMAS}{root.name}-2":
        return _ubl(root, root.name)
    raise MalformedXml(f"Its root {root.name[:60]!r} is neither that of CII nor of UBL.")


def _there(element: Element, path: str) -> Element:
    """The element at a path, or an empty one: what it should have is then missing."""
    return element.one(path) or Element("", "", {}, [])


def _cii(root: Element) -> EInvoice:
    document, trade = _there(root, "ExchangedDocument"), _there(root, "SupplyChainTradeTransaction")
    agreement, delivery = _there(trade, "ApplicableHeaderTradeAgreement"), _there(trade, "ApplicableHeaderTradeDelivery")
    settled = _there(trade, "ApplicableHeaderTradeSettlement")
    sums, terms = _there(settled, "SpecifiedTradeSettlementHeaderMonetarySummation"), _there(settled, "SpecifiedTradePaymentTerms")
    currency = settled.said("InvoiceCurrencyCode")
    totals = [one for one in sums.all("TaxTotalAmount") if one.attributes.get("currencyID") in (None, currency)]
    means = settled.one("SpecifiedTradeSettlementPaymentMeans")
    return EInvoice(
        specification=root.said("ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID"),
        process=root.said("ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter/ID"),
        number=document.said("ID"),
        issued_on=day_in(document.said("IssueDateTime/DateTimeString")),
        type_code=document.said("TypeCode"),
        currency=currency,
        note=document.said("IncludedNote/Content"),
        buyer_reference=agreement.said("BuyerReference"),
        due_on=day_in(terms.said("DueDateDateTime/DateTimeString")),
        terms=terms.said("Description"),
        preceding=tuple(
            Preceding(one.said("IssuerAssignedID"), day_in(one.said("FormattedIssueDateTime/DateTimeString")))
            for one in settled.all("InvoiceReferencedDocument")
        ),
        seller=_cii_party(_there(agreement, "SellerTradeParty")),
        buyer=_cii_party(_there(agreement, "BuyerTradeParty")),
        delivered_on=day_in(delivery.said("ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString")),
        deliver_to_country=delivery.said("ShipToTradeParty/PostalTradeAddress/CountryID"),
        delivers_somewhere=delivery.has("ShipToTradeParty/PostalTradeAddress"),
        has_period=settled.has("BillingSpecifiedPeriod"),
        period_from=day_in(settled.said("BillingSpecifiedPeriod/StartDateTime/DateTimeString")),
        period_until=day_in(settled.said("BillingSpecifiedPeriod/EndDateTime/DateTimeString")),
        payment=_cii_payment(means, settled.said("PaymentReference")) if means else None,
        allowances=tuple(map(_cii_allowance, settled.all("SpecifiedTradeAllowanceCharge"))),
        taxes=tuple(
            TaxGroup(
                one.said("CategoryCode"), one.number("RateApplicablePercent"), one.number("BasisAmount"), one.number("CalculatedAmount"),
                one.said("ExemptionReason"), one.said("ExemptionReasonCode"),
            )
            for one in settled.all("ApplicableTradeTax")
        ),
        sums=Sums(
            lines=sums.number("LineTotalAmount"), allowances=sums.number("AllowanceTotalAmount"), charges=sums.number("ChargeTotalAmount"),
            net=sums.number("TaxBasisTotalAmount"), tax=Element("", "", {}, totals[:1]).number("TaxTotalAmount"),
            total=sums.number("GrandTotalAmount"), prepaid=sums.number("TotalPrepaidAmount"), rounding=sums.number("RoundingAmount"),
            due=sums.number("DuePayableAmount"),
        ),
        lines=tuple(map(_cii_line, trade.all("IncludedSupplyChainTradeLineItem"))),
    )  # fmt: skip


def _cii_party(party: Element) -> Party:
    taxed = {one.attribute("ID", "schemeID"): one.said("ID") for one in party.all("SpecifiedTaxRegistration")}
    contact, address = _there(party, "DefinedTradeContact"), _there(party, "PostalTradeAddress")
    return Party(
        name=party.said("Name"), legal_id=party.said("SpecifiedLegalOrganization/ID"), vat_id=taxed.get("VA"), tax_number=taxed.get("FC"),
        legal_words=party.said("Description"), electronic_address=party.said("URIUniversalCommunication/URIID"),
        electronic_scheme=party.attribute("URIUniversalCommunication/URIID", "schemeID"), street=address.said("LineOne"),
        city=address.said("CityName"), postcode=address.said("PostcodeCode"), country=address.said("CountryID"),
        addressed=party.has("PostalTradeAddress"), contact_name=contact.said("PersonName"),
        phone=contact.said("TelephoneUniversalCommunication/CompleteNumber"), email=contact.said("EmailURIUniversalCommunication/URIID"),
    )  # fmt: skip


def _cii_payment(means: Element, reference: str | None) -> Payment:
    account = _there(means, "PayeePartyCreditorFinancialAccount")
    return Payment(
        means.said("TypeCode"), reference, account.said("IBANID") or account.said("ProprietaryID"), account.said("AccountName"),
        means.said("PayeeSpecifiedCreditorFinancialInstitution/BICID"),
    )  # fmt: skip


def _cii_allowance(one: Element) -> AllowanceCharge:
    return AllowanceCharge(
        one.said("ChargeIndicator/Indicator") in ("true", "1"), one.number("ActualAmount"), one.number("BasisAmount"), one.said("Reason"),
        one.said("ReasonCode"), one.said("CategoryTradeTax/CategoryCode"), one.number("CategoryTradeTax/RateApplicablePercent"),
    )  # fmt: skip


def _cii_line(line: Element) -> Line:
    settled = _there(line, "SpecifiedLineTradeSettlement")
    return Line(
        id=line.said("AssociatedDocumentLineDocument/LineID"),
        quantity=line.number("SpecifiedLineTradeDelivery/BilledQuantity"),
        unit=line.attribute("SpecifiedLineTradeDelivery/BilledQuantity", "unitCode"),
        net=settled.number("SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount"),
        price=line.number("SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount"),
        name=line.said("SpecifiedTradeProduct/Name"),
        category=settled.said("ApplicableTradeTax/CategoryCode"),
        rate=settled.number("ApplicableTradeTax/RateApplicablePercent"),
        allowances=tuple(map(_cii_allowance, settled.all("SpecifiedTradeAllowanceCharge"))),
    )


def _ubl(root: Element, kind: str) -> EInvoice:
    sums, means = _there(root, "LegalMonetaryTotal"), root.one("PaymentMeans")
    currency = root.said("DocumentCurrencyCode")
    taxed = [one for one in root.all("TaxTotal") if one.attribute("TaxAmount", "currencyID") in (None, currency)]
    tax = taxed[0] if taxed else Element("", "", {}, [])
    return EInvoice(
        specification=root.said("CustomizationID"),
        process=root.said("ProfileID"),
        number=root.said("ID"),
        issued_on=day_in(root.said("IssueDate")),
        type_code=root.said(f"{kind}TypeCode"),
        currency=currency,
        note=root.said("Note"),
        buyer_reference=root.said("BuyerReference"),
        due_on=day_in(root.said("DueDate") or root.said("PaymentMeans/PaymentDueDate")),
        terms=root.said("PaymentTerms/Note"),
        preceding=tuple(
            Preceding(one.said("InvoiceDocumentReference/ID"), day_in(one.said("InvoiceDocumentReference/IssueDate")))
            for one in root.all("BillingReference")
        ),
        seller=_ubl_party(_there(root, "AccountingSupplierParty/Party")),
        buyer=_ubl_party(_there(root, "AccountingCustomerParty/Party")),
        delivered_on=day_in(root.said("Delivery/ActualDeliveryDate")),
        deliver_to_country=root.said("Delivery/DeliveryLocation/Address/Country/IdentificationCode"),
        delivers_somewhere=root.has("Delivery/DeliveryLocation/Address"),
        has_period=root.has("InvoicePeriod"),
        period_from=day_in(root.said("InvoicePeriod/StartDate")),
        period_until=day_in(root.said("InvoicePeriod/EndDate")),
        payment=_ubl_payment(means) if means else None,
        allowances=tuple(map(_ubl_allowance, root.all("AllowanceCharge"))),
        taxes=tuple(
            TaxGroup(
                one.said("TaxCategory/ID"), one.number("TaxCategory/Percent"), one.number("TaxableAmount"), one.number("TaxAmount"),
                one.said("TaxCategory/TaxExemptionReason"), one.said("TaxCategory/TaxExemptionReasonCode"),
            )
            for one in tax.all("TaxSubtotal")
        ),
        sums=Sums(
            lines=sums.number("LineExtensionAmount"), allowances=sums.number("AllowanceTotalAmount"), charges=sums.number("ChargeTotalAmount"),
            net=sums.number("TaxExclusiveAmount"), tax=tax.number("TaxAmount"), total=sums.number("TaxInclusiveAmount"),
            prepaid=sums.number("PrepaidAmount"), rounding=sums.number("PayableRoundingAmount"), due=sums.number("PayableAmount"),
        ),
        lines=tuple(_ubl_line(line, kind) for line in root.all(f"{kind}Line")),
    )  # fmt: skip


def _ubl_party(party: Element) -> Party:
    taxed = {(one.said("TaxScheme/ID") or "").upper() == "VAT": one.said("CompanyID") for one in party.all("PartyTaxScheme")}
    contact, address, legal = _there(party, "Contact"), _there(party, "PostalAddress"), _there(party, "PartyLegalEntity")
    return Party(
        name=legal.said("RegistrationName"), legal_id=legal.said("CompanyID"), vat_id=taxed.get(True), tax_number=taxed.get(False),
        legal_words=legal.said("CompanyLegalForm"), electronic_address=party.said("EndpointID"),
        electronic_scheme=party.attribute("EndpointID", "schemeID"), street=address.said("StreetName"), city=address.said("CityName"),
        postcode=address.said("PostalZone"), country=address.said("Country/IdentificationCode"), addressed=party.has("PostalAddress"),
        contact_name=contact.said("Name"), phone=contact.said("Telephone"), email=contact.said("ElectronicMail"),
    )  # fmt: skip


def _ubl_payment(means: Element) -> Payment:
    account = _there(means, "PayeeFinancialAccount")
    return Payment(
        means.said("PaymentMeansCode"), means.said("PaymentID"), account.said("ID"), account.said("Name"),
        account.said("FinancialInstitutionBranch/ID"),
    )  # fmt: skip


def _ubl_allowance(one: Element) -> AllowanceCharge:
    return AllowanceCharge(
        one.said("ChargeIndicator") in ("true", "1"), one.number("Amount"), one.number("BaseAmount"), one.said("AllowanceChargeReason"),
        one.said("AllowanceChargeReasonCode"), one.said("TaxCategory/ID"), one.number("TaxCategory/Percent"),
    )  # fmt: skip


def _ubl_line(line: Element, kind: str) -> Line:
    quantity = "CreditedQuantity" if kind == "CreditNote" else "InvoicedQuantity"
    return Line(
        id=line.said("ID"),
        quantity=line.number(quantity),
        unit=line.attribute(quantity, "unitCode"),
        net=line.number("LineExtensionAmount"),
        price=line.number("Price/PriceAmount"),
        name=line.said("Item/Name"),
        category=line.said("Item/ClassifiedTaxCategory/ID"),
        rate=line.number("Item/ClassifiedTaxCategory/Percent"),
        allowances=tuple(map(_ubl_allowance, line.all("AllowanceCharge"))),
    )
