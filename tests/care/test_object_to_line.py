"""A customer objects to a line: it is dealt with in a case, its proof is there, dunning leaves it alone, and it is decided once, to the cent."""

import asyncio
from uuid import UUID

import asyncpg

from service.settings import Settings
from tests.authorisations.matters import Matter
from tests.care.builders import code_of, did, entries, found, with_mail
from tests.care.objections import Billed, billed
from tests.proofs.soundness import offences
from tests.world import World

__all__ = ["billed"]


async def test_an_objection_opens_a_case_that_promises_a_reply_and_shows_what_the_line_stands_on(billed: Billed) -> None:
    objection = await billed.objects(2, reason="quantity", words="Only two hours, I was there")
    assert objection["contested"] == {"amount": 7_140, "currency": "EUR"}
    case = await found(billed.world, objection["case_id"])
    assert (case["reference"], case["team"], case["due_at"]) == (objection["reference"], "back_office", objection["reply_due_at"])
    [promise] = (await billed.world.done("GET", f"/v1/promises?customer_id={billed.customer_id}"))["items"]
    assert (promise["kind"], promise["subject_id"], promise["due_at"]) == ("reply", objection["id"], objection["reply_due_at"])
    one = await billed.found(objection)
    assert (one["words"], one["reason"], one["line_number"], one["number"], one["outcome"]) == (
        "Only two hours, I was there", "quantity", 2, 1, None,
    )  # fmt: skip
    proof = await billed.world.done("GET", f"/v1/objections/{objection['id']}/evidence")
    assert (proof["quantity"], proof["unit"], proof["net"], proof["credited_net"]) == ("3", "HUR", 6_000, 0)
    [said] = proof["said"]
    assert (said["verdict"], said["channel"], said["in_force"]) == ("approved", "oral_in_person", True)
    [done] = proof["done"]
    assert (done["quantity"], done["finding"]) == ("3", None)
    assert {name: proof["judged"][name] for name in ("results", "asked", "authorised", "performed", "billed_before")} == {
        "results": "p" * 14, "asked": "3", "authorised": "3", "performed": "3", "billed_before": "0",
    }  # fmt: skip


async def test_another_line_of_the_invoice_joins_the_case_that_is_open_and_a_named_case_is_joined(billed: Billed) -> None:
    one, other = await billed.objects(1), await billed.objects(2)
    assert one["case_id"] == other["case_id"]
    assert [entry["direction"] for entry in await entries(billed.world, one["case_id"])] == ["in", "in"]
    case = {"channel": "phone", "words": "About my bill"}
    raised = await billed.world.done("POST", f"/v1/customers/{(await billed.world.customer())['id']}/cases", case)
    await billed.decide(one, "explained")
    assert await billed.refused(1, case_id=raised["id"]) == (422, "NOT_THE_CUSTOMERS")
    mine = await billed.world.done("POST", f"/v1/customers/{billed.customer_id}/cases", case)
    assert (await billed.objects(1, case_id=mine["id"]))["case_id"] == mine["id"]


async def test_an_explained_objection_reaches_its_customer_and_changes_no_money(billed: Billed) -> None:
    objection = await billed.objects(1)
    assert (await billed.decide(objection, "explained", channel="email")).json() == {
        "id": objection["id"], "outcome": "explained", "credit_note_id": None, "credited_minor": 0, "refund_id": None, "refunded_minor": 0,
    }  # fmt: skip
    assert await billed.account() == (19_040, 0)
    one = await billed.found(objection)
    assert (one["outcome"], one["answer"], one["credited"]) == ("explained", "Here is why", None)
    [notice] = await billed.world.sql(
        "select body from kit.task where organisation_id = $1 and kind = 'send_notice' and body ->> 'notice' = 'case_answer'",
        billed.world.organisation_id,
    )
    assert billed.customer_id in notice["body"]
    [promise] = (await billed.world.done("GET", f"/v1/promises?customer_id={billed.customer_id}"))["items"]
    assert promise["state"] == "kept"
    assert (await found(billed.world, objection["case_id"]))["waiting"] == 0


async def test_a_credited_objection_gives_back_that_part_and_it_can_be_billed_again(billed: Billed) -> None:
    objection = await billed.objects(2)
    assert await billed.billable(2) == 0
    decided = (await billed.decide(objection, "credited", quantity="1")).json()
    assert (decided["credited_minor"], decided["refunded_minor"]) == (2_380, 0)
    assert await billed.account() == (16_660, 0)
    assert await billed.billable(2) == await billed.billable_whole(2) // 3
    again = await billed.objects(2, words="The other two as well")
    assert (again["contested"]["amount"], (await billed.found(again))["number"]) == (4_760, 2)
    assert (await billed.decide(again, "credited", quantity="0", amount=500)).json()["credited_minor"] == 595
    assert await billed.account() == (16_065, 0)


async def test_a_refunded_objection_pays_out_what_had_been_paid_and_no_more(billed: Billed) -> None:
    await billed.pays(15_000)
    objection = await billed.objects(1)
    decided = (await billed.decide(objection, "refunded", quantity="1", refund_via="bank_transfer")).json()
    assert (decided["credited_minor"], decided["refunded_minor"]) == (11_900, 11_900 - 4_040)  # what was open is paid by it first
    refund = await billed.world.done("GET", f"/v1/refunds/{decided['refund_id']}", role="back_office")
    assert (refund["amount"]["amount"], refund["via"], refund["state"]) == (7_860, "bank_transfer", "proposed")
    assert await billed.account() == (0, 0)


async def test_nothing_stays_of_a_decision_that_one_of_its_parts_refuses(billed: Billed) -> None:
    objection = await billed.objects(1)
    for outcome, more, code in (
        ("credited", {"quantity": "2"}, "CREDIT_EXCEEDS_INVOICE"),
        ("refunded", {"quantity": "1", "refund_via": "bank_transfer"}, "NOTHING_TO_REFUND"),
        ("refunded", {"quantity": "1", "refund_via": "card", "payment_id": str(billed.world.id())}, "NOTHING_TO_REFUND"),
        ("credited", {}, "INVALID_DOCUMENT"),
        ("explained", {"quantity": "1"}, "INVALID_DOCUMENT"),
        ("credited", {"quantity": "1", "refund_via": "cash"}, "INVALID_DOCUMENT"),
        ("refunded", {"quantity": "1", "refund_via": "card"}, "INVALID_DOCUMENT"),
    ):
        assert (await billed.decide(objection, outcome, **more)).json()["code"] == code, (outcome, more)
    assert (await billed.account(), (await billed.found(objection))["outcome"], await billed.dunned()) == (
        (19_040, 0),
        None,
        {objection["id"]: 11_900},
    )
    assert await billed.world.sql("select from billing.credit_note where organisation_id = $1", billed.world.organisation_id) == []
    assert [entry["direction"] for entry in await entries(billed.world, objection["case_id"])] == ["in"]
    await billed.pays()
    refused = await billed.decide(objection, "refunded", quantity="1", refund_via="card", payment_id=str(billed.world.id()))
    assert (refused.json()["code"], await billed.account()) == ("REFUND_WAY_UNCLEAR", (0, 0))


async def test_a_line_is_objected_to_once_at_a_time_and_again_once_that_is_decided(billed: Billed) -> None:
    objection = await billed.objects(1, id=str(billed.world.id()))
    assert await billed.refused(1) == (409, "OBJECTION_OPEN")
    same = await billed.objects(1, id=objection["id"])
    assert same == objection
    assert await billed.refused(2, id=objection["id"]) == (409, "ID_TAKEN")
    await billed.decide(objection, "credited", quantity="1")
    assert await billed.refused(1) == (409, "NOTHING_CONTESTED")
    assert await billed.refused(9) == (404, "NOT_FOUND")


async def test_deciding_twice_is_the_first_decision(billed: Billed) -> None:
    objection = await billed.objects(1)
    first = await billed.decide(objection, "credited", quantity="1")
    again = await billed.decide(objection, "credited", quantity="1")
    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())
    assert (await billed.decide(objection, "explained")).json()["code"] == "OBJECTION_DECIDED"
    for otherwise in ({"quantity": "0.5"}, {"quantity": "1", "amount": 5_000}, {"amount": 10_000}):
        assert (await billed.decide(objection, "credited", **otherwise)).json()["code"] == "OBJECTION_DECIDED"
    assert await billed.account() == (7_140, 0)


async def test_two_who_decide_at_the_same_moment_decide_once(billed: Billed) -> None:
    objection = await billed.objects(1)
    answers = await asyncio.gather(*(billed.decide(objection, "credited", quantity="1", words=f"By {n}") for n in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"OBJECTION_DECIDED"}
    assert await billed.account() == (7_140, 0)


async def test_an_objection_that_races_a_payment_and_a_credit_leaves_the_books_even(billed: Billed) -> None:
    credit = {"reason": "A mistake", "lines": [{"line_number": 1, "quantity": "1"}]}
    path = f"/v1/invoices/{billed.invoice['id']}/credit-notes"
    said = {"line_number": 1, "reason": "price", "words": "Too dear", "channel": "phone"}
    objected, credited, _ = await asyncio.gather(
        billed.world.post(f"/v1/invoices/{billed.invoice['id']}/objections", said),
        billed.world.post(path, credit, role="back_office", key="key-of-credit"),
        billed.pays(),
    )
    assert credited.status_code == 201
    assert objected.status_code == 201 or objected.json()["code"] == "NOTHING_CONTESTED"
    assert await billed.account() == (0, 11_900)
    if objected.status_code == 201:  # it came first: what it was about is given back by now, and that is said
        assert (await billed.decide(objected.json(), "credited", quantity="1")).json()["code"] == "CREDIT_EXCEEDS_INVOICE"
        assert (await billed.decide(objected.json(), "explained")).status_code == 201


async def test_a_case_is_closed_only_once_what_is_objected_to_in_it_is_decided_wherever_its_words_went(billed: Billed) -> None:
    objection = await billed.objects(1)
    case_id = objection["case_id"]
    await did(billed.world, case_id, "answers", channel="phone", words="We look into it")
    assert await code_of(billed.world, case_id, "close") == (409, "CASE_CONTESTED")
    other = await billed.world.done("POST", f"/v1/customers/{billed.customer_id}/cases", {"channel": "phone", "words": "Another matter"})
    await did(billed.world, case_id, "merge", case_id=other["id"])
    await did(billed.world, other["id"], "answers", channel="phone", words="Both are seen to")
    assert ((await billed.found(objection))["case_id"], await code_of(billed.world, other["id"], "close")) == (
        other["id"],
        (409, "CASE_CONTESTED"),
    )
    assert (await billed.decide(objection, "explained")).status_code == 201
    assert (await did(billed.world, other["id"], "close"))["state"] == "closed"


async def test_an_answer_by_mail_needs_an_address_and_nothing_is_decided_without(world: World) -> None:
    matter = await Matter(world).begin()
    [item] = await matter.done({})
    billed = Billed(world, matter, await matter.posted({"item_id": item}))
    await world.sql(
        "update customers.contact set channel = 'phone', address = '+49301234' where organisation_id = $1", world.organisation_id
    )
    objection = await billed.objects(1)
    assert (await billed.decide(objection, "credited", quantity="1", channel="email")).json()["code"] == "ANSWER_UNADDRESSED"
    assert await billed.account() == (10_000, 0)
    await with_mail(world, billed.customer_id, "ada@b.example")
    assert (await billed.decide(objection, "credited", quantity="1", channel="email")).status_code == 201


async def test_who_reads_invoices_reads_objections_and_who_credits_decides(billed: Billed) -> None:
    objection = await billed.objects(1)
    decision = {"outcome": "explained", "words": "No", "channel": "phone"}
    refused = await billed.world.post(f"/v1/objections/{objection['id']}/decision", decision, role="dispatcher")
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    [listed] = (await billed.world.done("GET", f"/v1/invoices/{billed.invoice['id']}/objections", role="dispatcher"))["items"]
    [other] = (await billed.world.done("GET", "/v1/objections", role="technician"))["items"]
    assert listed == other == await billed.found(objection)


async def test_what_happened_is_told_as_facts_of_the_customer(billed: Billed) -> None:
    objection = await billed.objects(1)
    await billed.decide(objection, "credited", quantity="1")
    rows = await billed.world.sql(
        "select kind, body from kit.fact where customer_id = $1 and subject_kind = 'objection' order by epoch, transaction_id, sequence",
        UUID(billed.customer_id),
    )
    assert [row["kind"] for row in rows] == ["invoice_line_objected", "objection_decided"]


async def test_what_was_decided_contradicts_nothing(billed: Billed, owner: asyncpg.Connection, settings: Settings) -> None:
    await billed.pays()
    await billed.decide(await billed.objects(1), "refunded", quantity="1", refund_via="bank_transfer")
    await billed.decide(await billed.objects(2), "credited", quantity="2")
    assert await offences(owner, settings, billed.world) == {}
