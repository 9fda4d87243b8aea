"""Once a job is over nothing of it is shown or agreed to any more; what was agreed before stays as it is, and can be taken back."""

import asyncio
from uuid import UUID

import asyncpg
import httpx
import pytest

from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.billing.builders import Books, pay
from tests.dispatch.test_withdraw_collections import agent, collection
from tests.world import World

OVER = (409, "MATTER_CLOSED")
SHOWN_ANEW = (
    "with forged as (insert into authorisations.presentation (organisation_id, presentation_id, offer_id, revision, offer_hash, scope_id, customer_id, currency,"
    " contact_id, channel, required_method, language, nonce_hash, presented_by, expires_at)"
    " select organisation_id, gen_random_uuid(), offer_id, revision, offer_hash, scope_id, customer_id, currency, contact_id, channel, required_method, language,"
    " sha256('another'), presented_by, expires_at from authorisations.presentation where presentation_id = $1 returning organisation_id, scope_id, presentation_id) "
)
STEP = "insert into authorisations.scope_step (organisation_id, scope_id, step, kind, subject) "


@pytest.fixture
async def matter(world: World) -> Matter:
    """The matter of a job that is open."""
    return await Matter(world).of_job()


async def over(matter: Matter) -> None:
    """The job, cancelled."""
    await matter.world.done("POST", f"/v1/jobs/{matter.job_id}/cancel")


def said(answer: httpx.Response) -> tuple[int, str]:
    """Status and code."""
    return answer.status_code, answer.json()["code"]


async def steps(matter: Matter) -> list[str]:
    """What happened in the matter that can't any more once it is over, in order."""
    rows = await matter.world.sql("select kind from authorisations.scope_step where scope_id = $1 order by step", matter.scope_id)
    return [row[0] for row in rows]


async def test_an_offer_made_before_is_not_shown_any_more(matter: Matter) -> None:
    offer = await matter.offer({})
    await over(matter)
    for channel in ("link", "on_device"):
        document = {"contact_id": matter.contact_id, "channel": channel}
        assert said(await matter.world.post(f"/v1/offers/{offer.id}/present", document)) == OVER
    assert await steps(matter) == ["closed"]


async def test_one_that_was_shown_is_not_answered_any_more_not_even_with_no(matter: Matter) -> None:
    showing = await shown(matter, {})
    await over(matter)
    assert said(await showing.answer(*showing.items)) == OVER
    assert said(await showing.answer(declined=showing.items)) == OVER
    assert (await showing.look()).json()["state"] == "closed"
    assert (await showing.acts(), await matter.total()) == ([], 0)


async def test_nor_by_word_of_mouth(matter: Matter) -> None:
    offer = await matter.offer({})
    await over(matter)
    document = {
        "offer_hash": offer.offer_hash, "channel": "oral_in_person", "consented_at": matter.world.clock.now.isoformat(), "received_by": "TT",
        "authoriser": {"contact_id": matter.contact_id, "name": "Ada Owner"}, "approved": [str(item) for item in offer.item_ids],
        "conditions": "", "added_minor": 10_000, "total_minor": 10_000,
    }  # fmt: skip
    assert said(await matter.world.post(f"/v1/offers/{offer.id}/oral-consents", document)) == OVER


async def test_no_code_is_mailed_for_what_cant_be_answered(matter: Matter) -> None:
    showing = await shown(matter, {}, presentation={"method": "otp"})
    await over(matter)
    path, token = f"/v1/presentations/{showing.given['presentation_id']}/code", showing.given["token"]
    assert said(await matter.world.http.post(path, headers={"Authorization": f"Bearer {token}"})) == OVER


async def test_what_was_said_before_is_repeated_and_can_be_taken_back(matter: Matter) -> None:
    showing = await shown(matter, {})
    act = (await showing.answer(*showing.items)).json()
    await over(matter)
    again = await showing.answer(*showing.items)
    assert (again.status_code, again.json()) == (200, act)
    assert (await showing.look()).json()["state"] == "answered"
    await matter.world.done("POST", f"/v1/authorisations/{act['id']}/revoke", {"channel": "link"})
    assert await steps(matter) == ["shown", "answered", "closed"]


@pytest.mark.parametrize(
    "language, words", [("en", ("This job is over.", "Call us")), ("de", ("Dieser Auftrag", "nichts mehr vereinbart"))]
)
async def test_the_customers_page_says_so_in_words(matter: Matter, language: str, words: tuple[str, str]) -> None:
    showing = await shown(matter, {}, presentation={"language": language})
    await over(matter)
    page = f"/a/{showing.given['token']}"
    opened = await matter.world.http.get(page)
    form = {f"item-{item}": "approved" for item in showing.items} | {"offer_hash": showing.given["offer_hash"]}
    sent = await matter.world.http.post(page, data=form)
    for answer in (opened, sent):
        assert (answer.status_code, [word for word in words if word not in answer.text]) == (410, [])
    assert await showing.acts() == []


async def test_the_end_and_an_answer_at_once_come_one_after_the_other(world: World) -> None:
    for _ in range(6):
        matter = await Matter(world).of_job()
        showing = await shown(matter, {})
        answer, _ = await asyncio.gather(showing.answer(*showing.items), over(matter))
        if answer.status_code == 201:
            assert await steps(matter) == ["shown", "answered", "closed"]
        else:
            assert (said(answer), await steps(matter)) == (OVER, ["shown", "closed"])


async def test_a_payment_that_ends_a_job_without_its_lock_and_an_answer_at_once_do_too(world: World) -> None:
    books = Books(world)
    await agent(world)
    for _ in range(6):
        customer_id = await books.customer()
        invoice = await books.invoice(customer_id, 2500)
        matter = Matter(world)
        matter.customer_id, matter.scope_id = str(customer_id), UUID((await collection(world, customer_id, invoice))["scope_id"])
        matter.contact_id = str(await matter.contact(may_authorise=True))
        showing = await shown(matter, {})
        answer, _ = await asyncio.gather(showing.answer(*showing.items), pay(world, 2500, customer_id=customer_id, invoice_id=invoice))
        assert answer.status_code == 201 or said(answer) == OVER, answer.text
        assert await steps(matter) == ["shown", *(["answered"] if answer.status_code == 201 else []), "closed"]


@pytest.mark.parametrize(
    "step, constraint",
    [
        ("select 1", "shown_before_the_end"),
        (STEP + "select organisation_id, scope_id, 3, 'shown', presentation_id from forged", "nothing_follows_an_end"),
        (STEP + "select organisation_id, scope_id, 9, 'shown', presentation_id from forged", "nothing_follows_an_end"),
        (STEP + "select organisation_id, scope_id, 2, 'shown', presentation_id from forged", "scope_step_pkey"),
    ],
)
async def test_the_database_shows_nothing_after_the_end(matter: Matter, step: str, constraint: str) -> None:
    showing = await shown(matter, {})
    await over(matter)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refusal:
        await matter.world.sql(SHOWN_ANEW + step, UUID(showing.given["presentation_id"]))
    assert refusal.value.as_dict()["constraint_name"] == constraint


@pytest.mark.parametrize(
    "kind, constraint", [("shown", "step_of_showing"), ("answered", "step_of_answer"), ("closed", "end_is_of_its_scope")]
)
async def test_the_database_lets_nobody_take_a_step_in_advance(matter: Matter, kind: str, constraint: str) -> None:
    await shown(matter, {})
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refusal:
        await matter.world.sql(STEP + "values ($1, $2, 2, $3, $4)", matter.world.organisation_id, matter.scope_id, kind, matter.world.id())
    assert refusal.value.as_dict()["constraint_name"] == constraint
