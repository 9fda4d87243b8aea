"""Story 10, from the first word to the last: a wrong charge is disputed line by line, its case carries the proof, money goes back by rule, and the ledger never loses a cent."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import asyncpg

from service.billing.provider.pay_links import pay_path
from service.settings import Settings
from tests.care.builders import did, found
from tests.care.objections import Billed, billed
from tests.notices.conftest import Mailbox, mailbox, work
from tests.proofs.soundness import offences
from tests.world import World

__all__ = ["billed", "mailbox", "work"]


async def balances(world: World) -> dict[str, int]:
    """What stands on each kind of account, in books that come to nothing."""
    told = await world.done("GET", "/v1/ledger/trial-balance")
    assert told["sums"] == {"EUR": 0}
    sums: dict[str, int] = {}
    for one in told["accounts"]:
        sums[one["kind"]] = sums.get(one["kind"], 0) + one["balance_minor"]
    return {kind: minor for kind, minor in sums.items() if minor}


async def objects_by_link(world: World, invoice_id: str, **form: str) -> str:
    """The customer's own page once they sent its form: what it says then."""
    path = pay_path(world.database.cursors, organisation_id=world.organisation_id, invoice_id=UUID(invoice_id)) + "/lines"
    sent = await world.http.post(path, data=form, headers={"authorization": ""})
    assert sent.status_code in {200, 303}, sent.text
    return (await world.http.get(path, headers={"authorization": ""})).text.replace("\u00a0", " ")


async def test_a_wrong_charge_is_put_right_line_by_line_and_the_books_stay_even(
    billed: Billed, mailbox: Mailbox, work: Callable[[], Awaitable[int]], owner: asyncpg.Connection, settings: Settings
) -> None:
    world, invoice_id = billed.world, billed.invoice["id"]
    # Two lines were agreed to and billed, 100.00 for a part and 3 h at 20.00, with 19 % tax; the customer paid 190.40 and then looks closer.
    await billed.pays()
    before = await balances(world)
    world.clock.forward(hours=1)
    page = await objects_by_link(world, invoice_id, line="2", reason="quantity", words="The mechanic left after two hours")
    assert "We answer by" in page
    world.clock.forward(minutes=5)
    await objects_by_link(world, invoice_id, line="1", reason="not_ordered", words="I never asked for this part")
    # Both are in one case, with a promise of a reply; nobody has to look for the proof.
    part, hours = (await world.done("GET", f"/v1/invoices/{invoice_id}/objections"))["items"]
    assert part["case_id"] == hours["case_id"]
    case = await found(world, part["case_id"])
    assert (case["waiting"], case["due_at"]) == (2, hours["reply_due_at"])
    proof: dict[str, Any] = await world.done("GET", f"/v1/objections/{hours['id']}/evidence", role="back_office")
    assert (proof["judged"]["authorised"], proof["judged"]["performed"], len(proof["said"]), proof["done"][0]["quantity"]) == (
        "3",
        "3",
        1,
        "3",
    )
    # The office believes them about the hours: one goes back, and out to them, since it was paid.
    world.clock.forward(hours=1)
    decided = (
        await billed.decide(
            hours, "refunded", quantity="1", refund_via="bank_transfer", channel="email", words="You are right: it was two hours."
        )
    ).json()
    assert (decided["credited_minor"], decided["refunded_minor"]) == (2_380, 2_380)
    assert await balances(world) == before | {"revenue": before["revenue"] + 2_000, "tax": before["tax"] + 380, "refunds_due": -2_380}
    await world.done("POST", f"/v1/refunds/{decided['refund_id']}/pay", role="back_office", key="key-of-paying")
    assert await balances(world) == before | {"revenue": before["revenue"] + 2_000, "tax": before["tax"] + 380, "bank": -2_380}
    # The part was agreed to, so it stays, and they hear why.
    world.clock.forward(minutes=5)
    await billed.decide(part, "explained", channel="email", words="You agreed to the part on Wednesday, in person.")
    await work()
    mails = mailbox.to("ada@a.example")
    words = "\n".join(mail.get_body(("plain",)).get_content() for mail in mails)
    assert "You are right: it was two hours." in words
    assert "You agreed to the part on Wednesday, in person." in words
    assert [mail["Subject"] for mail in mails if "CN-2026-1" in mail["Subject"]]
    page = await objects_by_link(world, invoice_id, line="2", reason="else", words="Thank you")
    assert "€23.80 of it paid back" in page
    assert "You agreed to the part on Wednesday, in person." in page
    # Exactly the hour that was given back can be billed again, and no more.
    [line] = await world.sql("select item_id from billing.invoice_line where invoice_id = $1 and line_number = 2", UUID(invoice_id))
    item_id = str(line["item_id"])
    assert await billed.matter.refused({"item_id": item_id, "quantity": "2", "unit_price": "2000"}) == ["BILLED_OVER_PERFORMED"]
    # What they said last is an objection to the rest of the line; it is answered too, and the case is closed with nothing left in it.
    *_, thanks = (await world.done("GET", f"/v1/invoices/{invoice_id}/objections"))["items"]
    assert (thanks["number"], thanks["contested"]["amount"]) == (2, 4_760)
    refused = await world.post(f"/v1/cases/{case['id']}/close")
    assert refused.json()["code"] == "CASE_UNANSWERED"
    await billed.decide(thanks, "explained", words="Thank you too.")
    assert (await did(world, case["id"], "close"))["state"] == "closed"
    kept = (await world.done("GET", f"/v1/promises?customer_id={billed.customer_id}"))["items"]
    assert [one["state"] for one in kept] == ["kept"] * 3
    told = (await world.done("GET", f"/v1/customers/{billed.customer_id}/timeline?limit=200"))["items"]
    kinds = [
        one["kind"]
        for one in reversed(told)
        if one["kind"] in {"invoice_line_objected", "objection_decided", "invoice_credited", "refund_proposed", "refund_paid"}
    ]
    assert kinds[:2] == ["invoice_line_objected"] * 2
    assert sorted(kinds[2:6]) == ["invoice_credited", "objection_decided", "refund_paid", "refund_proposed"]
    assert await billed.account() == (0, 0)
    assert await offences(owner, settings, world) == {}
