"""The link by which a customer pays an invoice, or what they owe by none: made from its id, the same each time, stored nowhere, and it can do nothing else."""

import hmac
from uuid import UUID

from service.billing.queries.pay_links import CLAIM_TO_PAY, INVOICE_TO_PAY
from service.billing.records.pay_links import ClaimToPay, InvoiceToPay
from service.identity.credentials import bytes_of, text_of
from service.kit.paging import Cursors
from service.kit.refusals import NotFound
from service.kit.verbs import Work
from service.settings import Settings

_PURPOSE = "pay invoice"
_CLAIM = "pay claim"


def card_home(settings: Settings) -> str | None:
    """Where customers reach our pages to pay by card; None where no cards are set up."""
    return settings.public_url if settings.stripe_api_key else None


def pay_path(cursors: Cursors, *, organisation_id: UUID, invoice_id: UUID) -> str:
    """The page on which this invoice is paid."""
    return "/pay/" + _token(cursors, _PURPOSE, organisation_id, invoice_id)


def pay_url(work: Work, *, invoice_id: UUID, home: str | None) -> str | None:
    """The link to that page; None where no cards are set up."""
    return None if home is None else home + pay_path(work.cursors, organisation_id=work.organisation_id, invoice_id=invoice_id)


def invoice_of_link(cursors: Cursors, token: str) -> tuple[UUID, UUID]:
    """The organisation and the invoice of a link; raises NotFound."""
    return _ids_of(cursors, _PURPOSE, token)


async def find_invoice_to_pay(work: Work, *, invoice_id: UUID) -> InvoiceToPay:
    """What is open of an invoice, and whether money is on its way."""
    return await work.one(INVOICE_TO_PAY, invoice_id=invoice_id)


def claim_path(cursors: Cursors, *, organisation_id: UUID, claim_id: UUID) -> str:
    """The page on which that is paid which is owed by no invoice."""
    return "/owed/" + _token(cursors, _CLAIM, organisation_id, claim_id)


def claim_url(work: Work, *, claim_id: UUID, home: str | None) -> str | None:
    """The link to that page; None where no cards are set up."""
    return None if home is None else home + claim_path(work.cursors, organisation_id=work.organisation_id, claim_id=claim_id)


def claim_of_link(cursors: Cursors, token: str) -> tuple[UUID, UUID]:
    """The organisation and the claim of a link; raises NotFound."""
    return _ids_of(cursors, _CLAIM, token)


async def find_claim_to_pay(work: Work, *, claim_id: UUID) -> ClaimToPay:
    """What is open of what is owed by no invoice, and whether money is on its way."""
    return await work.one(CLAIM_TO_PAY, claim_id=claim_id)


def _token(cursors: Cursors, purpose: str, organisation_id: UUID, subject_id: UUID) -> str:
    ids = organisation_id.bytes + subject_id.bytes
    return text_of(ids + cursors.derived(purpose, ids)[:24])


def _ids_of(cursors: Cursors, purpose: str, token: str) -> tuple[UUID, UUID]:
    raw = bytes_of(token)
    if raw is None or len(raw) != 56 or not hmac.compare_digest(raw[32:], cursors.derived(purpose, raw[:32])[:24]):
        raise NotFound
    return UUID(bytes=raw[:16]), UUID(bytes=raw[16:32])
