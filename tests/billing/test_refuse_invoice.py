"""A refused line says why, what was authorised, done, billed and is left, and brings the request that would help."""

import re
from typing import Any

import pytest

from service.billing.codes import RULES
from tests.authorisations.matters import Matter
from tests.world import World

PEPPOL = {"NON", "REF", "LEG", "REC", "QUA", "DEL", "PRI", "QTY", "ITM", "PAY", "UNR", "FIN", "PPD", "OTH"}
"""OPStatusReason of Peppol's Invoice Response."""


@pytest.fixture
async def matter(world: World) -> Matter:
    """The matter of a real job."""
    return await Matter(world).of_job()


async def lines_of(matter: Matter, *lines: dict[str, Any], **invoice: Any) -> list[dict[str, Any]]:
    """The refused lines of an attempt that must be refused."""
    answer = await matter.post(*lines, **invoice)
    assert answer.status_code == 422, answer.text
    refused: list[dict[str, Any]] = answer.json()["lines"]
    return refused


async def test_a_refused_line_says_what_was_authorised_done_billed_and_what_is_left(matter: Matter) -> None:
    [item] = await matter.done({"quantity": "3"})
    await matter.posted({"item_id": item, "quantity": "1"})
    [line] = await lines_of(matter, {"item_id": item, "quantity": "2.5"})
    figures = {"authorised": "3", "performed": "3", "billed": "1", "allowed": "2", "unit": "HUR", "currency": "EUR"}
    money = {"asked_minor": 25_000, "authorised_minor": 30_000, "billed_minor": 10_000, "allowed_minor": 20_000}
    assert {name: line[name] for name in (*figures, *money)} == figures | money
    assert line["detail"]
    assert line["remedy"]


async def test_work_that_nobody_authorised_is_told_as_done_and_as_not_allowed(matter: Matter) -> None:
    offer = await matter.offer({"quantity": "2"})
    item = str(offer.item_ids[0])
    await matter.work(item, "2")
    [line] = await lines_of(matter, {"item_id": item, "quantity": "2"})
    assert [line[name] for name in ("code", "authorised", "performed", "billed", "allowed", "allowed_minor")] == [
        "NO_EXPRESS_CONSENT", "0", "2", "0", "0", 0,
    ]  # fmt: skip


async def test_a_job_over_its_tolerance_says_by_how_much_and_what_is_tolerated(world: World) -> None:
    matter = await Matter(world).begin(combine="pct", pct_numerator=1, pct_denominator=10)
    [item] = await matter.done({})
    [line] = await lines_of(matter, {"item_id": item, "unit_price": "11001"})
    assert [line[name] for name in ("code", "excess_minor", "tolerated_minor")] == ["OVER_TOLERANCE", 1_001, 1_000]


@pytest.mark.parametrize(
    "line, x12", [({"item_id": "01890000-0000-7000-8000-000000000000"}, "15"), ({}, "197"), ({"over": "2"}, "198"), ({"twice": True}, "18")]
)
async def test_p44_refusals_carry_the_codes_of_x12(matter: Matter, line: dict[str, Any], x12: str) -> None:
    [item] = await matter.authorised({})
    record = await matter.work(item, "2")
    if line.pop("twice", None):
        await matter.posted({"item_id": item, "work_record_ids": [record["id"]]})
        line = {"item_id": item, "work_record_ids": [record["id"]]}
    if over := line.pop("over", None):
        line = {"item_id": item, "quantity": over}
    [refused] = await lines_of(matter, line)
    assert refused["x12"] == x12


def test_every_code_has_one_of_peppols_beside_it() -> None:
    assert {reason.peppol for reason in RULES.values()} <= PEPPOL
    assert all(reason.x12 is None or reason.x12.isdigit() for reason in RULES.values())


def test_nothing_is_said_not_to_be_owed() -> None:
    """Refusing an invoice doesn't settle the law."""
    assert [code for code, reason in RULES.items() if re.search(r"\bowed?\b", reason.detail + reason.remedy)] == []


REPAIRED: dict[str, dict[str, Any]] = {
    "UNAUTHORISED_LINE": {"unit_price": "461", "description": "Shop supplies 3 %"},
    "AUTH_NOT_FOUND": {"item_id": "01890000-0000-7000-8000-000000000000", "quantity": "1/3", "unit_price": "100/3", "unit": "EA"},
    "QTY_OVER_AUTHORISED": {"quantity": "2.25"},
    "PRICE_OVER_AUTHORISED": {"unit_price": "12000.5"},
    "ITEM_SUBSTITUTED": {"sku": "P3", "description": "Another part"},
    "CAP_EXCEEDED": {"quantity": "2"},
    "NO_EXPRESS_CONSENT": {},
    "AUTH_DECLINED": {},
    "AUTH_EXPIRED": {},
}


@pytest.mark.parametrize("code", sorted(REPAIRED))
async def test_the_ready_request_makes_the_offer_that_was_missing(matter: Matter, code: str) -> None:
    """Sent as it is; then presented, approved, worked and billed."""
    world = matter.world
    if code == "QTY_OVER_AUTHORISED":  # a yes to what is done already helps only where it may come after the work
        matter = await ratifying(world)
    item = await refusable(matter, code)
    done_at = world.clock.now.isoformat()
    line = {"item_id": item, **REPAIRED[code]}
    if code == "UNAUTHORISED_LINE":
        line = {**REPAIRED[code]}
    [refused] = await lines_of(matter, line, scope_id=str(matter.scope_id))
    assert refused["code"] == code
    request = refused["request"]
    offer = await world.done(request["method"], request["path"], request["body"], role="back_office")
    shown = await world.done(
        "POST", f"/v1/offers/{offer['id']}/present", {"contact_id": matter.contact_id, "channel": "on_device"}, role="technician"
    )
    answer = {"offer_hash": shown["offer_hash"], "approved": offer["item_ids"]}
    yes = await world.http.post(
        f"/v1/presentations/{shown['presentation_id']}/answer", json=answer, headers={"Authorization": f"Bearer {shown['token']}"}
    )
    assert yes.status_code == 201, yes.text
    world.clock.forward(minutes=1)
    [wanted] = request["body"]["items"]
    times = {"started_at": done_at, "ended_at": done_at} if code == "QTY_OVER_AUTHORISED" else {}
    await matter.work(offer["item_ids"][0], wanted["quantity"], **times)
    billed = {"item_id": offer["item_ids"][0], "quantity": wanted["quantity"], "unit_price": wanted["unit_price"]}
    await matter.posted(billed)
    if code == "QTY_OVER_AUTHORISED":
        assert (wanted["quantity"], wanted["unit_price"]) == ("1.25", "10000"), "only what is missing, at the agreed price"


@pytest.mark.parametrize("deadline, helps", [("before_work", False), ("before_completion", False), ("after_work", True)])
async def test_a_yes_to_work_done_beyond_what_was_agreed_is_suggested_only_where_it_may_come_after(
    world: World, deadline: str, helps: bool
) -> None:
    matter = await ratifying(world, consent_deadline=deadline)
    [item] = await matter.authorised({"quantity": "2"})
    await matter.work(item, "5")
    [line] = await lines_of(matter, {"item_id": item, "quantity": "5"})
    assert (line["code"], "request" in line) == ("QTY_OVER_AUTHORISED", helps)
    assert "covers later work only" in line["remedy"]


async def test_nor_is_one_suggested_where_what_is_done_goes_beyond_what_is_tolerated(world: World) -> None:
    await world.done("POST", "/v1/policies", {"name": "OURS", "citation": "ours", "combine": "pct", "percent_of": "1/10"})
    matter = await Matter(world).of_job(policy_name="OURS")
    [item] = await matter.authorised({"quantity": "2"})
    await matter.work(item, "5")
    [line] = await lines_of(matter, {"item_id": item, "quantity": "5"})
    assert (line["code"], "request" in line) == ("OVER_TOLERANCE", False)
    assert "covers later work only" in line["remedy"]


async def ratifying(world: World, *, consent_deadline: str = "after_work") -> Matter:
    """The matter of a job whose policy takes consent until then."""
    await world.done("POST", "/v1/policies", {"name": "OURS", "citation": "ours", "consent_deadline": consent_deadline})
    return await Matter(world).of_job(policy_name="OURS")


async def refusable(matter: Matter, code: str) -> str:
    """An item whose line is refused for that."""
    if code == "NO_EXPRESS_CONSENT":
        return str((await matter.offer()).item_ids[0])
    if code == "AUTH_DECLINED":
        offer = await matter.offer({}, {})
        yes, no = (str(item) for item in offer.item_ids)
        await matter.consent(offer, approved=[yes], declined=[no], added_minor=10_000, total_minor=10_000)
        return no
    if code == "AUTH_EXPIRED":
        [item] = await matter.authorised({}, valid_until=matter.world.clock.now)
        await matter.work(item)
        return item
    cap = {"cap": 15_000} if code == "CAP_EXCEEDED" else {}
    [item] = await matter.authorised({"quantity": "2" if cap else "1", "sku": "P1", "conversions": {"MIN": "1/60"}}, **cap)
    await matter.work(item, "3")
    return item


async def test_no_request_is_offered_where_none_would_help(matter: Matter) -> None:
    started_at = matter.world.clock.now.isoformat()
    matter.world.clock.forward(minutes=5)
    [item] = await matter.authorised({})
    await matter.work(item, started_at=started_at)
    [line] = await lines_of(matter, {"item_id": item})
    assert line["code"] == "WORK_BEFORE_AUTH"
    assert "request" not in line


async def test_a_cancelled_job_takes_no_more_offers_and_none_is_suggested(matter: Matter) -> None:
    [item] = await matter.done({})
    await matter.world.done("POST", f"/v1/jobs/{matter.job_id}/cancel")
    [line] = await lines_of(matter, {"item_id": item, "quantity": "2"})
    assert line["code"] == "BILLED_OVER_PERFORMED"
    await matter.work(item)
    [line] = await lines_of(matter, {"item_id": item, "quantity": "2"})
    assert (line["code"], "request" in line) == ("QTY_OVER_AUTHORISED", False)
