"""Asking makes a promise to reply; the reply keeps it, goes to whoever asked by mail, and is given once."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.authorisations.matters import Matter
from tests.authorisations.showings import Showing, shown
from tests.notices.conftest import Mailbox, told
from tests.world import World

Work = Callable[[], Awaitable[int]]
PUBLIC = "http://127.0.0.1:8000"


async def ask(showing: Showing, **differences: Any) -> dict[str, Any]:
    """A question by the link."""
    path = f"/v1/presentations/{showing.given['presentation_id']}/questions"
    headers = {"Authorization": f"Bearer {showing.given['token']}"}
    answer = await showing.matter.world.http.post(path, json={"words": "Which oil is it?"} | differences, headers=headers)
    assert answer.is_success, answer.text
    question: dict[str, Any] = answer.json()
    return question


async def reply(world: World, question: dict[str, Any], words: str = "5W-30, fully synthetic.", role: Any = "technician") -> httpx.Response:
    return await world.post(f"/v1/questions/{question['id']}/reply", {"words": words}, role=role)


async def promises(matter: Matter) -> list[Any]:
    """To reply, and how they stand."""
    page = await matter.world.done("GET", f"/v1/promises?customer_id={matter.customer_id}")
    return [(one["kind"], one["due_at"], one["state"]) for one in page["items"]]


async def test_asking_promises_a_reply_within_a_day_and_the_reply_keeps_it(matter: Matter) -> None:
    question = await ask(await shown(matter, {}))
    assert question["due_at"] == "2026-03-05T12:00:00Z"
    assert await promises(matter) == [("reply", "2026-03-05T12:00:00Z", "open")]
    matter.world.clock.forward(hours=23)
    assert (await reply(matter.world, question)).status_code == 201
    assert await promises(matter) == [("reply", "2026-03-05T12:00:00Z", "kept")]
    kinds = await matter.world.sql(
        "select kind from kit.fact where organisation_id = $1 and kind in ('question_asked', 'promise_made', 'question_replied', 'promise_kept') order by sequence",
        matter.world.organisation_id,
    )
    assert [row["kind"] for row in kinds] == ["question_asked", "promise_made", "question_replied", "promise_kept"]


async def test_a_reply_after_it_was_due_breaks_the_promise(matter: Matter) -> None:
    question = await ask(await shown(matter, {}))
    matter.world.clock.forward(days=1)
    assert (await reply(matter.world, question)).status_code == 201
    assert [state for *_, state in await promises(matter)] == ["broken"]


async def test_how_soon_is_the_organisations_own_and_never_after_the_offer_ends(matter: Matter) -> None:
    world = matter.world
    await world.done("PATCH", "/v1/organisation", {"reply_within_minutes": 240}, headers={"If-Match": '"1"'})
    assert (await ask(await shown(matter, {})))["due_at"] == "2026-03-04T16:00:00Z"
    short = await shown(matter, {}, presentation={"expires_in_hours": 2})
    assert (await ask(short))["due_at"] == "2026-03-04T14:00:00Z"


async def test_the_promise_is_owned_by_whoever_showed_the_offer(matter: Matter) -> None:
    await ask(await shown(matter, {}))
    [promise] = (await matter.world.done("GET", f"/v1/promises?customer_id={matter.customer_id}"))["items"]
    manager = (await matter.world.done("GET", "/v1/me"))["id"]
    assert (promise["owner_staff_id"], promise["subject_kind"], promise["via"]) == (manager, "question", "link")


@pytest.mark.parametrize("language, words", [("en", "replies to your question"), ("de", "antwortet auf Ihre Frage")])
async def test_the_reply_is_mailed_to_whoever_asked(matter: Matter, mailbox: Mailbox, work: Work, language: str, words: str) -> None:
    showing = await shown(matter, {}, presentation={"language": language})
    await work()
    question = await ask(showing)
    await reply(matter.world, question)
    await work()
    mail = mailbox.to(f"{matter.contact_id}@a.example")[-1]
    text = mail.get_content()
    assert words in mail["Subject"]
    assert "Which oil is it?" in text
    assert "5W-30, fully synthetic." in text
    assert f"{PUBLIC}/a/{showing.given['token']}" in text
    assert (await told(matter))[-1] == ("question_reply", "handed_over", None)


async def test_the_link_of_a_phone_that_was_handed_over_is_in_nobodys_mail(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    showing = await shown(matter, {}, presentation={"channel": "on_device"})
    await reply(matter.world, await ask(showing))
    await work()
    [mail] = mailbox.to(f"{matter.contact_id}@a.example")
    assert "/a/" not in mail.get_content()


async def test_a_question_is_replied_to_once(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    question = await ask(await shown(matter, {}, presentation={"channel": "on_device"}))
    answers = [
        await reply(matter.world, question),
        await reply(matter.world, question),
        await reply(matter.world, question, "Another oil."),
    ]
    assert [answer.status_code for answer in answers] == [201, 200, 409]
    assert answers[2].json()["code"] == "QUESTION_REPLIED"
    await work()
    assert len(mailbox.to(f"{matter.contact_id}@a.example")) == 1
    [listed] = (await matter.world.done("GET", f"/v1/questions?customer_id={matter.customer_id}"))["items"]
    assert (listed["reply"], listed["replied_by"].partition(":")[0]) == ("5W-30, fully synthetic.", "staff")


async def test_whoever_asked_reads_the_reply_and_nobody_elses(matter: Matter) -> None:
    showing, other = await shown(matter, {}), await shown(await Matter(matter.world).begin(), {})
    await reply(matter.world, await ask(showing))

    async def read(of: Showing, by: Showing) -> httpx.Response:
        path = f"/v1/presentations/{of.given['presentation_id']}/questions"
        return await matter.world.http.get(path, headers={"Authorization": f"Bearer {by.given['token']}"})

    assert [(one["words"], one["reply"]) for one in (await read(showing, showing)).json()] == [
        ("Which oil is it?", "5W-30, fully synthetic.")
    ]
    assert (await read(showing, other)).status_code == 404
    assert (await read(other, other)).json() == []
    spouse = str(await matter.contact(may_authorise=True))
    same_offer = Showing(matter, showing.offer, await matter.present(showing.offer, contact_id=spouse))
    assert (await read(same_offer, same_offer)).json() == [], "what one of them asked isn't told to another"


async def test_neither_a_customer_nor_another_company_replies_and_no_card_number_is_kept(matter: Matter, other_world: World) -> None:
    showing = await shown(matter, {})
    question = await ask(showing)
    by_link = {"Authorization": f"Bearer {showing.given['token']}"}
    answer = await matter.world.http.post(f"/v1/questions/{question['id']}/reply", json={"words": "Yes!"}, headers=by_link)
    assert answer.status_code == 403
    assert (await reply(other_world, question)).status_code == 404
    assert (await reply(matter.world, question, "Pay 4242 4242 4242 4242")).json()["code"] == "CARD_NUMBER"
    assert await matter.world.sql("select 1 from authorisations.question_reply where question_id = $1::text::uuid", question["id"]) == []
