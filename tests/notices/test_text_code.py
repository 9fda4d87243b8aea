"""Whom mail doesn't reach is sent the link and the code by text, where a gateway carries texts: to their own number, under the same limits, and the act says so."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import asyncpg
import pytest

from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.authorisations.test_confirm_answer import asked, coded, mailed, said, wrong
from tests.authorisations.test_hold_changed_contact import changed
from tests.notices.conftest import Gateway, Mailbox, told

Work = Callable[[], Awaitable[int]]
NUMBER = "+49 170 555 0177"


@pytest.fixture
async def matter(matter: Matter) -> Matter:
    """Its contact has a number for texts and no mail."""
    await matter.world.sql(
        "update customers.contact set channel = 'sms', address = $2 where contact_id = $1", UUID(matter.contact_id), NUMBER
    )
    return matter


@pytest.mark.usefixtures("texts")
async def test_the_text_holds_the_code_that_confirms_and_the_act_says_how_it_came(
    matter: Matter, mailbox: Mailbox, gateway: tuple[Gateway, int], texting: Work
) -> None:
    showing = await asked(matter, "otp")
    assert (await showing.look()).json()["code_by"] == "sms"
    sent = await coded(showing)
    assert (sent.status_code, sent.json()["channel"]) == (201, "sms")
    await texting()
    [text] = gateway[0].texts
    code = await mailed(showing)
    assert (text["channel"], text["to"], text["text"].split()[0]) == ("sms", NUMBER, code)
    assert "+49 30 555 0100" in text["text"]
    assert mailbox.taken == []
    answer = await showing.answer(*showing.items, code=code)
    assert (answer.status_code, answer.json()["active"]) == (201, True)
    [row] = await matter.world.sql(
        "select code_channel, content::jsonb ->> 'code_channel' from authorisations.authorisation where authorisation_id = $1",
        UUID(answer.json()["id"]),
    )
    assert tuple(row) == ("sms", "sms")
    assert ("one_time_code", "handed_over", None) in await told(matter)


@pytest.mark.usefixtures("texts")
async def test_the_link_goes_by_text_too(matter: Matter, mailbox: Mailbox, gateway: tuple[Gateway, int], texting: Work) -> None:
    showing = await shown(matter, {}, presentation={"method": "otp"})
    await texting()
    [text] = gateway[0].texts
    assert text["to"] == NUMBER
    assert f"/a/{showing.given['token']}" in text["text"]
    assert mailbox.taken == []


async def test_without_a_gateway_who_has_a_number_alone_is_reached_by_a_person(matter: Matter) -> None:
    offer = await matter.offer({})
    for asked_for in ({"method": "otp", "channel": "on_device"}, {"channel": "link"}):
        document = {"contact_id": matter.contact_id, **asked_for}
        assert said(await matter.world.post(f"/v1/offers/{offer.id}/present", document)) == (409, "CONTACT_UNREACHABLE")
    showing = await asked(matter, "signature")
    assert (await showing.look()).json()["code_by"] is None
    assert said(await coded(showing)) == (409, "CONTACT_UNREACHABLE")


@pytest.mark.usefixtures("texts")
async def test_a_texted_code_is_as_good_as_a_mailed_one_and_no_better(matter: Matter) -> None:
    showing = await asked(matter, "otp")
    await coded(showing)
    assert said(await coded(showing)) == (429, "CODE_JUST_SENT")
    code = await mailed(showing)
    for _ in range(4):
        assert said(await showing.answer(*showing.items, code=wrong(code))) == (403, "CODE_WRONG")
    assert said(await showing.answer(*showing.items, code=wrong(code))) == (409, "PRESENTATION_LOCKED")
    assert said(await showing.answer(*showing.items, code=code)) == (409, "PRESENTATION_LOCKED")
    for _ in range(9):
        await coded(await asked(matter, "otp"))
    assert said(await coded(await asked(matter, "otp"))) == (429, "CONTACT_MAILED_OFTEN")


@pytest.mark.usefixtures("texts")
async def test_a_number_given_today_agrees_to_nothing_before_tomorrow(matter: Matter) -> None:
    matter.world.clock.forward(days=3)
    await changed(matter, matter.contact_id, channel="sms", address="+49 170 555 0178")
    showing = await asked(matter, "otp")
    await coded(showing)
    answer = (await showing.answer(*showing.items, code=await mailed(showing))).json()
    assert (answer["active"], answer["shortcoming"]) == (False, "CONTACT_CHANGE_UNCONFIRMED")


@pytest.mark.usefixtures("texts")
async def test_a_code_goes_by_the_channel_that_it_is_kept_with_or_not_at_all(
    matter: Matter, mailbox: Mailbox, gateway: tuple[Gateway, int], texting: Work
) -> None:
    await coded(await asked(matter, "otp"))
    await changed(matter, matter.contact_id, channel="email", address="elsewhere@a.example")
    await texting()
    assert (gateway[0].taken, mailbox.to("elsewhere@a.example")) == ([], [])
    assert ("one_time_code", "withdrawn", "used_or_expired") in await told(matter)


@pytest.mark.usefixtures("texts")
async def test_raw_sql_claims_no_other_channel_than_the_code_came_by(matter: Matter) -> None:
    showing = await asked(matter, "otp")
    await coded(showing)
    proof = (
        "with in_time as materialized (select c.*, set_config('sayso.at', sent_at::text, true) from authorisations.one_time_code c where presentation_id = $1)"
        " insert into authorisations.code_proof (organisation_id, presentation_id, number, code_hash, channel, sent_at)"
        " select organisation_id, presentation_id, number, code_hash, 'email', sent_at from in_time"
    )
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="proves_code_as_sent"):
        await matter.world.sql(proof, UUID(showing.given["presentation_id"]))
    by_chat = (
        "insert into authorisations.one_time_code (organisation_id, presentation_id, number, code_id, code_hash, channel)"
        " select organisation_id, presentation_id, 2, gen_random_uuid(), code_hash, 'chat' from authorisations.one_time_code where presentation_id = $1"
    )
    with pytest.raises(asyncpg.CheckViolationError, match="code_goes_by_mail_or_text"):
        await matter.world.sql(by_chat, UUID(showing.given["presentation_id"]))
