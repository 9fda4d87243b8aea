"""What customers are mailed of their saved method: the link to their page, what will be charged, and why a charge failed."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from service.integrations.stripe.standin import Standin
from tests.billing.builders import Books, pay
from tests.billing.cards.saving import minute
from tests.billing.cards.shop import Shop
from tests.billing.cards.test_charge_saved_method import owing
from tests.notices.conftest import Mailbox, mailbox, work

__all__ = ["mailbox", "work"]
DECLINES = {
    "insufficient_funds": "didn't go through. We may try it again",
    "authentication_required": "your bank wants you to confirm",
    "stolen_card": "We don't try it again",
}


@pytest.mark.parametrize("code, says", DECLINES.items())
async def test_a_customer_is_mailed_their_link_the_charge_to_come_and_why_it_failed(
    shop: Shop, books: Books, standin: Standin, mailbox: Mailbox, work: Callable[[], Awaitable[int]], code: str, says: str
) -> None:
    customer, _ = await owing(shop, books)
    address = await address_of_their_own(shop, customer.customer_id)
    await standin.decline_method(payment_method=await customer.provider_method(), decline_code=code)
    await work()
    await minute(shop)
    await work()
    await minute(shop, days=3)
    await work()
    texts = [mail.get_content() for mail in mailbox.to(address)]
    link, notice, failure = [text for text in texts if "/card" in text or "as you agreed" in text]
    assert customer.page in link
    assert "€49.90 for invoice INV-2026-1 to your card ending in 4242" in notice.replace("\u00a0", " ")
    assert (says in failure, "€49.90" in failure, "/card" in failure) == (True, True, True)


async def test_what_was_paid_before_the_mail_leaves_is_not_mailed_as_failed(
    shop: Shop, books: Books, standin: Standin, mailbox: Mailbox, work: Callable[[], Awaitable[int]]
) -> None:
    customer, invoice_id = await owing(shop, books)
    await standin.decline_method(payment_method=await customer.provider_method(), decline_code="stolen_card")
    await minute(shop)
    await minute(shop, days=3)
    await pay(shop.world, 4_990, invoice_id=invoice_id)
    await work()
    notices = (await shop.world.done("GET", f"/v1/notices?customer_id={customer.customer_id}"))["items"]
    told = {one["kind"]: (one["state"], one["reason"]) for one in notices}
    assert (told["charge_notice"], told["charge_failed"]) == (("withdrawn", "not_planned"), ("withdrawn", "paid"))


async def address_of_their_own(shop: Shop, customer_id: UUID) -> str:
    """Other tests' customers may be mailed at the same moment."""
    address = f"{customer_id}@a.example"
    await shop.world.sql("update customers.contact set address = $2 where customer_id = $1 and channel = 'email'", customer_id, address)
    return address
