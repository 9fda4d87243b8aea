"""A case is a conversation until settled: each word promises a reply, none is closed while one waits, and nothing is lost on the way."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.care.builders import code_of, did, entries, found, raised
from tests.promises.builders import FRIDAY, hours, promised, state_of
from tests.world import World


async def promises_of(world: World, customer_id: str, **query: str) -> list[dict[str, Any]]:
    asked = "&".join(f"{name}={value}" for name, value in {"customer_id": customer_id, **query}.items())
    items: list[dict[str, Any]] = (await world.done("GET", f"/v1/promises?{asked}"))["items"]
    return items


async def test_each_word_of_a_customers_promises_a_reply_and_an_answer_keeps_them_all(world: World) -> None:
    customer = await world.customer()
    case = await raised(world, customer["id"])
    world.clock.forward(minutes=5)
    again = await did(world, case["id"], "messages", channel="phone", words="Still dead")
    assert again["id"] == case["id"]
    promises = await promises_of(world, customer["id"])
    assert [(one["kind"], one["subject_kind"], one["subject_id"], one["state"]) for one in promises] == [
        ("reply", "message", case["message_id"], "open"),
        ("reply", "message", again["message_id"], "open"),
    ]
    assert promises[0]["due_at"] == case["reply_due_at"]
    assert (await found(world, case["id"]))["waiting"] == 2
    by_hand = await promised(world, customer["id"], kind="update")
    answered = await did(world, case["id"], "answers", channel="phone", words="A new one comes tomorrow")
    assert sorted(answered["settled"]) == sorted(one["id"] for one in promises)
    assert {one["state"] for one in await promises_of(world, customer["id"]) if one["id"] != by_hand["id"]} == {"kept"}
    assert await state_of(world, by_hand["id"]) == "open"
    assert (await found(world, case["id"]))["waiting"] == 0


async def test_a_reply_is_promised_within_the_hours_of_the_place(world: World) -> None:
    world.clock.now = FRIDAY
    await hours(world)
    await world.changed("/v1/organisation", reply_within_minutes=60)
    customer = await world.customer()
    case = await raised(world, customer["id"])
    assert datetime.fromisoformat(case["reply_due_at"]) == datetime(2026, 4, 7, 8, 0, tzinfo=UTC)


async def test_a_case_is_closed_only_once_it_is_answered_and_opens_again_when_they_write(world: World) -> None:
    customer = await world.customer()
    case = await raised(world, customer["id"])
    assert await code_of(world, case["id"], "close") == (409, "CASE_UNANSWERED")
    await did(world, case["id"], "notes", words="Looked into it")
    assert await code_of(world, case["id"], "close") == (409, "CASE_UNANSWERED")
    await did(world, case["id"], "answers", channel="phone", words="Done")
    assert (await did(world, case["id"], "close"))["state"] == "closed"
    assert (await did(world, case["id"], "close"))["state"] == "closed"
    assert await code_of(world, case["id"], "hand-over", team="manager") == (409, "CASE_CLOSED")
    assert case["id"] not in [one["id"] for one in (await world.done("GET", "/v1/cases"))["items"]]
    await did(world, case["id"], "messages", channel="phone", words="Dead again")
    assert (await found(world, case["id"]))["state"] == "open"
    assert await code_of(world, case["id"], "close") == (409, "CASE_UNANSWERED")


@pytest.mark.parametrize(
    "figures, constraint",
    [
        ("'closed', 'open', 'closed', 1, 0, null, null", "closed_once_answered"),
        ("'closed', 'open', 'closed', 0, 0, null, null", "case_step_follows"),
        ("'closed', 'open', 'closed', 1, -1, null, null", "case_waits_as_it_moved"),
        ("'answered', 'open', 'open', 1, -1, '00000000-0000-7000-8000-000000000001', null", "case_step_says"),
        ("'merged', 'open', 'merged', 1, -1, null, '00000000-0000-7000-8000-000000000001'", "case_step_takes_what_was_given"),
    ],
)
async def test_no_statement_closes_what_waits(world: World, figures: str, constraint: str) -> None:
    customer = await world.customer()
    case = await raised(world, customer["id"])
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as caught:
        await world.sql(
            "insert into care.case_step (organisation_id, case_id, customer_id, step, kind, from_state, state, waiting_before, carried, message_id, other_case_id,"
            f" other_step, acted_by, acted_at) select $1, $2, $4, 2, k, f, t, w, c, m::uuid, o::uuid, case when o is not null then 2 end, 'x', $3 from (select {figures}) as v (k, f, t, w, c, m, o)",
            world.organisation_id,
            case["id"],
            world.clock.now,
            customer["id"],
        )
    assert caught.value.constraint_name == constraint


MERGED = """
insert into care.case_step (organisation_id, case_id, customer_id, step, kind, from_state, state, waiting_before, carried, other_case_id, other_step, acted_by, acted_at)
select s.organisation_id, s.case_id, s.customer_id, 2, case s.case_id when $2 then 'merged' else 'joined' end, 'open', case s.case_id when $2 then 'merged' else 'open' end, 1,
  case s.case_id when $2 then -1 else 1 end, case s.case_id when $2 then $3 else $2 end, 2, 'x', s.acted_at
from care.case_step s where s.organisation_id = $1 and s.case_id in ($2, $3) and s.step = 1"""
PLACED = """
insert into care.case_place (organisation_id, message_id, number, case_id, step, customer_id)
select p.organisation_id, p.message_id, 2, s.case_id, s.step, s.customer_id
from care.case_place p join care.case_step s on s.organisation_id = p.organisation_id and s.case_id = $3 where p.organisation_id = $1 and p.case_id = $2"""


@pytest.mark.parametrize("statement, constraint", [(MERGED, "case_step_takes_what_was_given"), (PLACED, "place_of_message")])
async def test_no_statement_puts_words_into_the_case_of_another_customer(world: World, statement: str, constraint: str) -> None:
    cases = [UUID((await raised(world, (await world.customer())["id"]))["id"]) for _ in range(2)]
    with pytest.raises(asyncpg.ForeignKeyViolationError) as caught:
        await world.sql(statement, world.organisation_id, *cases)
    assert caught.value.constraint_name == constraint


async def test_whoever_takes_over_has_the_whole_story(world: World) -> None:
    customer = await world.customer()
    other = await world.staff("back_office")
    case = await raised(world, customer["id"], team="dispatcher")
    world.clock.forward(minutes=1)
    await did(world, case["id"], "notes", words="<b>Called twice</b>")
    world.clock.forward(minutes=1)
    await did(world, case["id"], "hand-over", staff_id=str(other["id"]), words="Please see to it")
    assert (await found(world, case["id"]))["staff_id"] == str(other["id"])
    assert [(one["kind"], one["words"]) for one in await entries(world, case["id"])] == [
        ("heard", "The router is dead"),
        ("noted", "<b>Called twice</b>"),
        ("handed", "Please see to it"),
    ]
    mine = (await world.done("GET", f"/v1/cases?staff_id={other['id']}"))["items"]
    assert [one["id"] for one in mine] == [case["id"]]
    assert not (await world.done("GET", "/v1/cases?team=dispatcher"))["items"]
    assert await code_of(world, case["id"], "hand-over", staff_id=str(world.id())) == (422, "OWNER_UNKNOWN")
    await did(world, case["id"], "hand-over")
    assert [one["id"] for one in (await world.done("GET", "/v1/cases?unassigned=true"))["items"]] == [case["id"]]


async def test_a_merged_case_leads_to_the_other_which_has_its_words_and_what_waits(world: World) -> None:
    customer = await world.customer()
    first = await raised(world, customer["id"])
    world.clock.forward(minutes=1)
    second = await raised(world, customer["id"], words="And the lamp blinks red")
    world.clock.forward(minutes=1)
    await did(world, second["id"], "merge", case_id=first["id"])
    assert (await did(world, second["id"], "merge", case_id=first["id"]))["id"] == first["id"]
    merged, goes_on = await found(world, second["id"]), await found(world, first["id"])
    assert (merged["state"], merged["merged_into"], merged["other_reference"]) == ("merged", first["id"], first["reference"])
    assert (goes_on["waiting"], goes_on["due_at"]) == (2, first["reply_due_at"])
    assert [one["words"] for one in await entries(world, first["id"])][:2] == ["The router is dead", "And the lamp blinks red"]
    assert [one["kind"] for one in await entries(world, second["id"])] == ["merged"]
    assert await code_of(world, second["id"], "answers", channel="phone", words="Hello") == (409, "CASE_MERGED")
    assert await code_of(world, second["id"], "messages", channel="phone", words="Hello") == (409, "CASE_MERGED")
    await did(world, first["id"], "answers", channel="phone", words="Both are known")
    assert {one["state"] for one in await promises_of(world, customer["id"])} == {"kept"}
    assert (await did(world, first["id"], "close"))["state"] == "closed"


async def test_only_two_cases_of_one_customer_are_merged(world: World) -> None:
    customer, other = await world.customer(), await world.customer(name="Else")
    case, apart = await raised(world, customer["id"]), await raised(world, other["id"])
    for into in (apart["id"], case["id"], str(world.id())):
        assert await code_of(world, case["id"], "merge", case_id=into) == (422, "CASES_APART")


async def test_what_is_another_matter_becomes_a_case_of_its_own(world: World) -> None:
    customer = await world.customer()
    case = await raised(world, customer["id"], team="dispatcher")
    assert await code_of(world, case["id"], "split", message_ids=[case["message_id"]]) == (422, "CASES_APART")
    world.clock.forward(minutes=1)
    bill = await did(world, case["id"], "messages", channel="phone", words="My bill is wrong too")
    world.clock.forward(minutes=1)
    split = {"message_ids": [bill["message_id"]], "id": str(world.id())}
    apart = await did(world, case["id"], "split", **split)
    assert (await did(world, case["id"], "split", **split))["id"] == apart["id"]
    one, two = await found(world, case["id"]), await found(world, apart["id"])
    assert [(each["waiting"], each["due_at"], each["team"]) for each in (one, two)] == [
        (1, case["reply_due_at"], "dispatcher"),
        (1, bill["reply_due_at"], "dispatcher"),
    ]
    assert [each["words"] for each in await entries(world, apart["id"]) if each["kind"] == "heard"] == ["My bill is wrong too"]
    await did(world, apart["id"], "answers", channel="phone", words="It is corrected")
    assert [each["state"] for each in await promises_of(world, customer["id"])] == ["open", "kept"]
    assert await code_of(world, case["id"], "close") == (409, "CASE_UNANSWERED")
    assert await code_of(world, case["id"], "split", message_ids=[bill["message_id"]]) == (422, "CASES_APART")


async def test_a_fault_that_comes_back_within_thirty_days_is_linked_and_ranks_above_a_first_one(world: World) -> None:
    customer, other = await world.customer(), await world.customer(name="Else")
    site = await world.done("POST", f"/v1/customers/{customer['id']}/sites", {"address": "1 Way, 10115 Berlin", "zone": "Europe/Berlin"})
    before = await raised(world, customer["id"], fault={"site_id": site["id"]})
    await did(world, before["id"], "answers", channel="phone", words="Mended")
    await did(world, before["id"], "close")
    world.clock.forward(days=29)
    first = await raised(world, other["id"], fault={})
    world.clock.forward(hours=1)
    returned = await raised(world, customer["id"], fault={"site_id": site["id"]})
    case = await found(world, returned["id"])
    assert (case["repeats_case_id"], case["other_reference"]) == (before["id"], before["reference"])
    assert [one["id"] for one in (await world.done("GET", "/v1/cases"))["items"]] == [returned["id"], first["id"]]
    world.clock.forward(days=31)
    assert (await found(world, (await raised(world, customer["id"], fault={}))["id"]))["repeats_case_id"] is None
    told_late = await raised(world, other["id"])
    await did(world, told_late["id"], "fault")
    assert (await found(world, told_late["id"]))["fault"]


async def test_what_breaks_next_comes_first_and_pages_hold(world: World) -> None:
    customer = await world.customer()
    ids = []
    for _ in range(3):
        ids.append((await raised(world, customer["id"]))["id"])
        world.clock.forward(minutes=1)
    await did(world, ids[0], "answers", channel="phone", words="Yes")
    read, cursor = [], ""
    while cursor is not None:
        page = await world.done("GET", f"/v1/cases?limit=1{cursor and '&cursor=' + cursor}")
        read += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert read == [ids[1], ids[2], ids[0]]
    assert [one["id"] for one in (await world.done("GET", f"/v1/customers/{customer['id']}/cases"))["items"]] == ids[::-1]


async def test_a_customer_is_found_by_the_reference_of_their_case(world: World) -> None:
    customer = await world.customer()
    case = await raised(world, customer["id"])
    hits = (await world.done("GET", f"/v1/search/customers?said={case['reference'].lower()}"))["items"]
    assert [one["id"] for one in hits] == [customer["id"]]


async def test_said_twice_is_said_once(world: World) -> None:
    customer, case_id, word_id = await world.customer(), str(world.id()), str(world.id())
    first = await raised(world, customer["id"], id=case_id)
    assert await raised(world, customer["id"], id=case_id) == first
    other = {"channel": "phone", "words": "Else", "id": case_id}
    assert (await world.post(f"/v1/customers/{customer['id']}/cases", other, key=str(world.id()))).json()["code"] == "ID_TAKEN"
    for what, body in (("messages", {"channel": "phone"}), ("answers", {"channel": "phone"}), ("notes", {})):
        told = {"words": "Again", "id": str(world.id()), **body}
        assert await did(world, case_id, what, **told) == await did(world, case_id, what, **told) or what == "answers"
        assert await code_of(world, case_id, what, **{**told, "words": "Other"}) == (409, "ID_TAKEN")
    assert len([one for one in await entries(world, case_id) if one["kind"] != "noted"]) == 3
    assert word_id not in str(await entries(world, case_id))


async def test_nobody_strange_has_a_case_and_no_card_number_is_kept(world: World) -> None:
    customer = await world.customer()
    for differences, code in (
        ({"contact_id": str(world.id())}, "CONTACT_UNKNOWN"),
        ({"fault": {"asset_id": str(world.id())}}, "NOT_THE_CUSTOMERS"),
        ({"staff_id": str(world.id())}, "OWNER_UNKNOWN"),
        ({"words": "My card is 4242 4242 4242 4242"}, "CARD_NUMBER"),
    ):
        refused = await world.post(
            f"/v1/customers/{customer['id']}/cases", {"channel": "phone", "words": "Hello", **differences}, key=str(world.id())
        )
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert (await world.get(f"/v1/cases/{world.id()}")).status_code == 404
