"""An answer is confirmed by what only the customer has, a code from their mail or their hand; a word that claims it counts for nothing."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from service.authorisations.confirmations import code_of
from tests.authorisations.matters import Matter
from tests.authorisations.showings import Showing, shown
from tests.world import World

SIGNED = [[[100 + 20 * step, 200 + (step % 2) * 60] for step in range(12)], [[400, 100], [420, 300]]]


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


async def asked(matter: Matter, method: str) -> Showing:
    """An offer whose answer has to be confirmed in that way."""
    return await shown(matter, {}, presentation={"method": method, "channel": "on_device"})


async def coded(showing: Showing) -> httpx.Response:
    """A code asked for by whoever holds the link."""
    path = f"/v1/presentations/{showing.given['presentation_id']}/code"
    return await showing.matter.world.http.post(path, headers={"Authorization": f"Bearer {showing.given['token']}"})


async def mailed(showing: Showing) -> str:
    """What stands in the latest mail."""
    world = showing.matter.world
    [row] = await world.sql(
        "select code_id from authorisations.one_time_code where presentation_id = $1 order by number desc limit 1",
        UUID(showing.given["presentation_id"]),
    )
    return code_of(world.database.cursors, row["code_id"])


def wrong(code: str) -> str:
    """Another code than that."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def said(answer: httpx.Response) -> tuple[int, str]:
    """Status and code."""
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("method", ["otp", "signature"])
async def test_p23_a_tap_is_not_enough_where_more_is_asked_for(matter: Matter, method: str) -> None:
    showing = await asked(matter, method)
    assert said(await showing.answer(*showing.items)) == (403, "METHOD_REQUIRED")
    assert await showing.acts() == []


async def test_a_word_that_claims_a_method_is_not_understood(matter: Matter) -> None:
    showing = await asked(matter, "signature")
    assert said(await showing.answer(*showing.items, method="signature")) == (422, "INVALID_DOCUMENT")


async def test_a_signature_is_no_code(matter: Matter) -> None:
    showing = await asked(matter, "otp")
    assert said(await showing.answer(*showing.items, signature=SIGNED)) == (403, "METHOD_REQUIRED")


@pytest.mark.parametrize("method", ["otp", "signature", "tap"])
async def test_the_right_code_confirms(matter: Matter, method: str) -> None:
    showing = await asked(matter, method)
    assert (await coded(showing)).status_code == 201
    answer = await showing.answer(*showing.items, code=await mailed(showing))
    assert (answer.status_code, answer.json()["active"]) == (201, True)
    again = await showing.answer(*showing.items, code="000000")
    assert (again.status_code, again.json()) == (200, answer.json())
    [row] = await matter.world.sql(
        "select method, content::jsonb ->> 'method' from authorisations.authorisation where authorisation_id = $1",
        UUID(answer.json()["id"]),
    )
    assert tuple(row) == ("otp", "otp")


async def test_a_code_is_good_for_ten_minutes(matter: Matter) -> None:
    showing = await asked(matter, "otp")
    assert said(await showing.answer(*showing.items, code="123456")) == (409, "CODE_EXPIRED")
    await coded(showing)
    code = await mailed(showing)
    matter.world.clock.forward(minutes=10, seconds=1)
    assert said(await showing.answer(*showing.items, code=code)) == (409, "CODE_EXPIRED")


async def test_a_fresh_code_ends_the_one_before_and_comes_once_a_minute_five_times(matter: Matter) -> None:
    showing = await asked(matter, "otp")
    await coded(showing)
    first = await mailed(showing)
    hasty = await coded(showing)
    assert (*said(hasty), hasty.headers["retry-after"]) == (429, "CODE_JUST_SENT", "60")
    for _ in range(4):
        matter.world.clock.forward(minutes=1)
        assert (await coded(showing)).status_code == 201
    matter.world.clock.forward(minutes=1)
    assert said(await coded(showing)) == (409, "CODES_USED_UP")
    assert first == await mailed(showing) or said(await showing.answer(*showing.items, code=first)) == (403, "CODE_WRONG")
    assert (await showing.answer(*showing.items, code=await mailed(showing))).status_code == 201


async def test_p24_five_wrong_codes_lock_the_showing_for_the_right_one_too(matter: Matter) -> None:
    showing = await asked(matter, "otp")
    await coded(showing)
    code = await mailed(showing)
    for left in (4, 3, 2, 1):
        answer = await showing.answer(*showing.items, code=wrong(code))
        assert (*said(answer), answer.json()["tries_left"]) == (403, "CODE_WRONG", left)
    assert said(await showing.answer(*showing.items, code=wrong(code))) == (409, "PRESENTATION_LOCKED")
    assert said(await showing.answer(*showing.items, code=code)) == (409, "PRESENTATION_LOCKED")
    matter.world.clock.forward(minutes=2)
    assert said(await coded(showing)) == (409, "PRESENTATION_LOCKED")
    assert (await showing.look()).json()["state"] == "locked"
    assert await showing.acts() == []


async def test_many_phones_at_once_have_five_guesses_together(matter: Matter) -> None:
    showing = await asked(matter, "otp")
    await coded(showing)
    code = int(await mailed(showing))
    guesses = [f"{(code + step) % 1_000_000:06}" for step in range(1, 17)]
    answers = await asyncio.gather(*(showing.answer(*showing.items, code=guess) for guess in guesses))
    codes = [answer.json()["code"] for answer in answers]
    assert (codes.count("CODE_WRONG"), codes.count("PRESENTATION_LOCKED")) == (4, 12)
    [row] = await matter.world.sql(
        "select count(*) from authorisations.wrong_code where presentation_id = $1", UUID(showing.given["presentation_id"])
    )
    assert row[0] == 5


async def test_a_fresh_showing_begins_anew(matter: Matter) -> None:
    showing = await asked(matter, "otp")
    await coded(showing)
    code = await mailed(showing)
    for _ in range(5):
        await showing.answer(*showing.items, code=wrong(code))
    document = {"contact_id": matter.contact_id, "method": "otp", "channel": "on_device"}
    fresh = Showing(matter, showing.offer, await matter.world.done("POST", f"/v1/offers/{showing.offer.id}/present", document))
    assert said(await fresh.answer(*fresh.items, code=code)) == (409, "CODE_EXPIRED")
    await coded(fresh)
    assert (await fresh.answer(*fresh.items, code=await mailed(fresh))).status_code == 201


async def test_staff_cannot_ask_for_the_code_and_one_link_not_for_anothers(matter: Matter) -> None:
    showing, other = await asked(matter, "otp"), await asked(matter, "otp")
    path = f"/v1/presentations/{showing.given['presentation_id']}/code"
    assert said(await matter.world.post(path)) == (403, "SEPARATION_OF_DUTIES")
    crossed = await matter.world.http.post(path, headers={"Authorization": f"Bearer {other.given['token']}"})
    assert crossed.status_code == 404


async def test_who_has_no_mail_is_not_asked_for_a_code(matter: Matter) -> None:
    await matter.world.sql(
        "update customers.contact set channel = 'phone', address = '+49305550100' where contact_id = $1", UUID(matter.contact_id)
    )
    offer = await matter.offer({})
    document = {"contact_id": matter.contact_id, "method": "otp", "channel": "on_device"}
    assert said(await matter.world.post(f"/v1/offers/{offer.id}/present", document)) == (409, "CONTACT_UNREACHABLE")
    assert said(await coded(await asked(matter, "signature"))) == (409, "CONTACT_UNREACHABLE")


async def test_the_code_stands_nowhere_in_the_database(matter: Matter) -> None:
    showing = await asked(matter, "otp")
    await coded(showing)
    code = await mailed(showing)
    await showing.answer(*showing.items, code=wrong(code))
    await showing.answer(*showing.items, code=code)
    for table in ("kit.fact", "kit.task", "authorisations.authorisation", "authorisations.one_time_code", "authorisations.code_proof"):
        rows = await matter.world.sql(f"select to_jsonb(t) - 'transaction_id' - 'sequence' as row from {table} t")
        assert not [row for row in rows if f'"{code}"' in row["row"]]


async def test_a_signature_is_kept_with_its_hash_in_the_act(matter: Matter) -> None:
    showing = await asked(matter, "signature")
    answer = await showing.answer(*showing.items, signature=SIGNED)
    assert (answer.status_code, answer.json()["active"]) == (201, True)
    [row] = await matter.world.sql(
        "select s.strokes::jsonb -> 'strokes' = $2::text::jsonb as same, encode(s.strokes_hash, 'hex') = a.content::jsonb ->> 'signature' as sealed, a.method"
        " from authorisations.signature s join authorisations.authorisation a using (organisation_id, authorisation_id) where authorisation_id = $1",
        UUID(answer.json()["id"]),
        str(SIGNED),
    )
    assert tuple(row) == (True, True, "signature")


@pytest.mark.parametrize(
    "strokes", [[[[5, 5]]], [[[5, 5]] * 20], [[[0, 0], [900, 300]]], [[[0, 401]] * 9 + [[50, 1]]], [[[0, 0], [900, 300]] * 600] * 2]
)
async def test_a_dot_or_a_drawing_is_no_signature(matter: Matter, strokes: list[Any]) -> None:
    showing = await asked(matter, "signature")
    assert said(await showing.answer(*showing.items, signature=strokes)) == (422, "SIGNATURE_UNFIT")
    assert await showing.acts() == []


async def test_raw_sql_claims_no_method_without_its_proof(matter: Matter) -> None:
    showing = await asked(matter, "otp")
    copied = (
        "with forged as (insert into authorisations.authorisation (organisation_id, authorisation_id, scope_id, customer_id, currency, seq, kind, offer_id, revision, offer_hash,"
        " cap_minor, valid_until, presentation_id, required_method, method, code_channel, contact_id, contact_version, contact_since, contact_founding, channel, authoriser_capacity, recorded_by, consented_at, record_lag_seconds,"
        " requires_written_offer, prior_hash, prior_total_minor, added_minor, revised_total_minor, content)"
        " select p.organisation_id, gen_random_uuid(), p.scope_id, p.customer_id, p.currency, 1, 'initial', p.offer_id, p.revision, p.offer_hash, r.cap_minor,"
        " r.valid_until, p.presentation_id, {required}, {method}, {code_channel}, p.contact_id, c.version, c.since, c.founding, p.channel, 'customer', {by}, now(), 0, false, decode(repeat('00', 32), 'hex'), 0, 0, 0,"
        " '{{}}' from authorisations.presentation p join authorisations.offer_revision r using (organisation_id, offer_id, revision)"
        " join customers.contact_reach c using (organisation_id, contact_id) where presentation_id = $1"
        " returning organisation_id, scope_id, authorisation_id)"
        " insert into authorisations.scope_step (organisation_id, scope_id, step, kind, subject) select organisation_id, scope_id, 2, 'answered', authorisation_id from forged"
    )
    link = f"'customer_link:{matter.world.id()}'"
    for required, method, code_channel, by, constraint in (
        ("'otp'", "'otp'", "'email'", link, "confirmed_by_its_code"),
        ("'otp'", "'otp'", "null", link, "code_says_its_channel"),
        ("'otp'", "'tap'", "null", link, "confirmed_as_required"),
        ("'otp'", "'signature'", "null", link, "confirmed_as_required"),
        ("'tap'", "'tap'", "null", link, "act_answers_presentation"),
        ("null", "null", "null", link, "shown_act_says_how"),
        ("'otp'", "'otp'", "'email'", "'staff:1'", "customers_answer_for_themselves"),
    ):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refusal:
            await matter.world.sql(
                copied.format(required=required, method=method, code_channel=code_channel, by=by), UUID(showing.given["presentation_id"])
            )
        assert refusal.value.as_dict()["constraint_name"] == constraint
