"""The link by which a customer pays an invoice: made from its id, the same each time, stored nowhere, and it can do nothing else."""

import hmac
from uuid import UUID

from service.billing.queries.pay_links import INVOICE_TO_PAY
from service.billing.records.pay_links import InvoiceToPay
from service.identity.credentials import bytes_of, text_of
from service.kit.paging import Cursors
from service.kit.refusals import NotFound
from service.kit.verbs import Work
from service.settings import Settings

_PURPOSE = "pay invoice"


def card_home(settings: Settings) -> str | None:
    """Where customers reach our pages to pay by card; None where no cards are set up."""
    return settings.public_url if settings.stripe_api_key else None


def pay_path(cursors: Cursors, *, organisation_id: UUID, invoice_id: UUID) -> str:
    """The page on which this invoice is paid."""
    ids = organisation_id.bytes + invoice_id.bytes
    return "/pay/" + text_of(ids + cursors.derived(_PURPOSE, ids)[:24])


def pay_url(work: Work, *, invoice_id: UUID, home: str | None) -> str | None:
    """The link to that page; None where no cards are set up."""
    return None if home is None else home + pay_path(work.cursors, organisation_id=work.organisation_id, invoice_id=invoice_id)


def invoice_of_link(cursors: Cursors, token: str) -> tuple[UUID, UUID]:
    """The organisation and the invoice of a link; raises NotFound."""
    raw = bytes_of(token)
    if raw is None or len(raw) != 56 or not hmac.compare_digest(raw[32:], cursors.derived(_PURPOSE, raw[:32])[:24]):
        raise NotFound
    return UUID(bytes=raw[:16]), UUID(bytes=raw[16:32])


async def find_invoice_to_pay(work: Work, *, invoice_id: UUID) -> InvoiceToPay:
    """What is open of an invoice, and whether money is on its way."""
    return await work.one(INVOICE_TO_PAY, invoice_id=invoice_id)
