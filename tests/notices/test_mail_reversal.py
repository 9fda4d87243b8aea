"""Whoever owes again since a payment was taken back is mailed why: a cheque that the bank didn't honour is told apart from a mistake of ours."""

from collections.abc import Awaitable, Callable

import pytest

from tests.authorisations.matters import Matter
from tests.billing.dunning import beat
from tests.billing.test_receive_cheque import CHEQUE, acted, received
from tests.documents.test_print_credit_note import billed
from tests.notices.conftest import Mailbox
from tests.notices.test_mail_invoice import mail_to, words_of

BOUNCED, MISTAKEN, TAKEN_BACK = (
    "didn't honour a cheque of yours",
    "had recorded a payment of yours by mistake",
    "a payment of yours was taken back",
)


@pytest.mark.parametrize("cause, why", [("bounced_cheque", BOUNCED), ("mistyped", MISTAKEN), ("returned_debit", TAKEN_BACK)])
async def test_a_cheque_that_bounced_is_told_apart_from_one_recorded_by_mistake(
    matter: Matter, mailbox: Mailbox, work: Callable[[], Awaitable[int]], cause: str, why: str
) -> None:
    invoice = await billed(matter)
    amount = {"amount": 5_000, "currency": "EUR"}
    paid = (await received(matter.world, invoice["id"], amount=amount)).json()["payment_id"]
    await acted(matter.world, paid, "reverse", {"reason": "Came back", "cause": cause})
    await beat(matter.world)
    await work()
    text = words_of(mail_to(matter, mailbox, "Invoice INV-2026-1 is open again"))
    assert [one for one in (BOUNCED, MISTAKEN, TAKEN_BACK) if one in text] == [why]
    assert (f"number {CHEQUE['number']} of " in text and f", {CHEQUE['bank']}." in text) is (cause == "bounced_cheque")
