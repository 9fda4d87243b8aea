"""Between whom an invoice is, as they were when it was issued."""

import msgspec


class Seller(msgspec.Struct, frozen=True):
    """The organisation as it was when the invoice was issued; what it hadn't said is empty."""

    name: str
    address: str
    registration: str
    street: str
    city: str
    postcode: str
    country: str
    vat_id: str
    tax_number: str
    legal_id: str
    electronic_address: str
    phone: str
    email: str
    account_holder: str
    iban: str
    bic: str
    bank_details: str


class Buyer(msgspec.Struct, frozen=True):
    """The customer as they were when the invoice was issued."""

    name: str
    street: str | None
    city: str | None
    postcode: str | None
    country: str | None
    vat_id: str | None
    buyer_reference: str | None
    electronic_address: str | None
