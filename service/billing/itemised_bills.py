"""Itemised bills: asked for by the customer, given free, and within the days of the law where it sets any."""

from uuid import UUID

from service.billing.queries.itemised_bills import ASK_FOR_ITEMISED_BILL, GIVE_ITEMISED_BILL
from service.billing.records.itemised_bills import ItemisedBill, ItemisedRequest, NewItemisedRequest
from service.kit.refusals import IdTaken
from service.kit.verbs import Lock, Work, verb


@verb(refusals=(IdTaken,), locks=lambda *, invoice_id, **_: (Lock.account_of("billing.invoice", invoice_id),))
async def ask_for_itemised_bill(work: Work, *, invoice_id: UUID, request: NewItemisedRequest) -> ItemisedRequest:
    """Keeps that the customer asks for an itemised bill, and says by when it has to be given or that it may be declined."""
    return await work.run(ASK_FOR_ITEMISED_BILL, invoice_id=invoice_id, request_id=request.id or work.new_id())


@verb(locks=lambda *, request_id: (Lock.account_of("billing.itemised_request", request_id),))
async def give_itemised_bill(work: Work, *, request_id: UUID) -> ItemisedBill:
    """Gives the itemised bill that was asked for, free."""
    return await work.run(GIVE_ITEMISED_BILL, request_id=request_id)
