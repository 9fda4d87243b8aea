"""Each act is answered with a receipt signed by us: whoever holds it is a witness."""

import base64
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from service.app import build
from service.authorisations.canonical import text_of
from service.authorisations.queries import FIND_ACT
from service.authorisations.receipts import RECEIPT, told
from service.kit.database import Database
from service.kit.signatures import Keys
from service.kit.verbs import Work
from service.settings import Settings
from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.cli.test_find_broken_logs import sealed
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


def said(world: World, jws: str) -> dict[str, Any]:
    """What a receipt says, if it is ours."""
    says: dict[str, Any] = msgspec.json.decode(world.database.keys.verify(jws, typ=RECEIPT))
    return says


async def test_e18_the_answer_comes_with_its_receipt_hash_and_checkpoint(matter: Matter, settings: Settings) -> None:
    number = await sealed(matter.world, settings)
    showing = await shown(matter, {}, {"description": "Else"})
    answer = (await showing.answer(showing.items[0], declined=[showing.items[1]])).json()
    told = said(matter.world, answer["receipt"])
    assert (told["entry_hash"], told["head"], told["seq"]) == (answer["head"], answer["head"], 1)
    assert (told["offer_hash"], told["approved"], told["declined"]) == (showing.given["offer_hash"], [showing.items[0]], [showing.items[1]])
    assert (told["added_minor"], told["revised_total_minor"], told["flags"]) == (10_000, 10_000, [])
    checkpoints = (await matter.world.done("GET", "/v1/checkpoints"))["items"]
    assert told["checkpoint"] == {"number": number, "digest": checkpoints[-1]["digest"]}
    header = msgspec.json.decode(base64.urlsafe_b64decode(answer["receipt"].split(".")[0] + "=="))
    assert header == {"alg": "EdDSA", "kid": matter.world.database.keys.as_set().keys[0].kid, "typ": RECEIPT}


async def test_an_oral_consent_and_a_revocation_are_answered_with_one_too(matter: Matter) -> None:
    act = await matter.consent(await matter.offer({}))
    revoked = await matter.world.done("POST", f"/v1/authorisations/{act['id']}/revoke", {"channel": "oral_phone"})
    first, second = said(matter.world, act["receipt"]), said(matter.world, revoked["receipt"])
    assert (first["seq"], first["checkpoint"], second["seq"]) == (1, None, 2)
    assert (second["revokes"], second["prior_hash"], second["revised_total_minor"]) == (act["id"], first["entry_hash"], 0)


async def kept_of(world: World, act_id: str) -> dict[str, Any]:
    """What a receipt would say of an act as it stands in the record."""

    async def rule(work: Work, *, authorisation_id: UUID) -> dict[str, Any]:
        return told(await work.one(FIND_ACT, authorisation_id=authorisation_id), organisation_id=work.organisation_id)

    values = {"authorisation_id": UUID(act_id)}
    found = await world.database.read(rule, principal=world.principal(), at=world.clock.now, request_id=world.id(), values=values)
    kept: dict[str, Any] = msgspec.json.decode(text_of(found))
    return kept


async def test_a_receipt_signed_with_the_act_says_what_the_record_does(matter: Matter, settings: Settings) -> None:
    await sealed(matter.world, settings)
    showing = await shown(matter, {}, {"description": "Else"}, {"description": "More"})
    answered = (await showing.answer(showing.items[1], declined=[showing.items[2], showing.items[0]])).json()
    oral = await matter.consent(await matter.offer({}), conditions=None)
    for act in (answered, oral):
        assert said(matter.world, act["receipt"]) == await kept_of(matter.world, act["id"])
    assert "as_recorded" not in answered


async def test_a_receipt_says_nothing_about_a_person(matter: Matter) -> None:
    act = await matter.consent(await matter.offer({}), channel="oral_phone", number_called="+1 555 0100", conditions="Ask Ada first")
    text = base64.urlsafe_b64decode(act["receipt"].split(".")[1] + "==").decode()
    assert "Ada" not in text
    assert "555 0100" not in text
    assert "15550100" not in text


async def test_the_same_answer_again_gives_the_same_receipt(matter: Matter) -> None:
    showing = await shown(matter, {})
    first = await showing.answer(*showing.items)
    again = await showing.answer(*showing.items)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content


async def test_e18_a_replay_gives_the_same_bytes_after_the_key_was_rotated(matter: Matter, settings: Settings) -> None:
    """E12 likewise: the receipt verifies by the key that signed it, which is retired by then."""
    world, showing = matter.world, await shown(matter, {})
    document = {"offer_hash": showing.given["offer_hash"], "approved": showing.items}
    sent = {"json": document, "headers": {"Authorization": f"Bearer {showing.given['token']}", "Idempotency-Key": "the-same-key"}}
    path = f"/v1/presentations/{showing.given['presentation_id']}/answer"
    first = await world.http.post(path, **sent)
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    rotated = msgspec.structs.replace(settings, signing_key=key, retired_keys=(world.database.keys.as_set().keys[0].x,))
    database = Database(
        world.database.pool,
        randomness=world.database.randomness,
        cursors=world.database.cursors,
        keys=Keys(key, retired=rotated.retired_keys),
    )
    after = build(settings=rotated, database=database, clock=world.clock)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=after), base_url="http://127.0.0.1") as client:
        again = await client.post(path, **sent)
        published = (await client.get("/.well-known/jwks.json")).json()["keys"]
    assert (again.status_code, again.headers["idempotency-replayed"]) == (201, "true")
    assert again.content == first.content
    assert len(published) == 2
    assert database.keys.verify(first.json()["receipt"], typ=RECEIPT)


async def test_e17_a_consent_ahead_of_the_servers_clock_is_flagged_and_the_servers_time_rules(matter: Matter) -> None:
    ahead = matter.world.clock.now + timedelta(days=1)
    act = await matter.consent(await matter.offer({}), consented_at=ahead.isoformat())
    told = said(matter.world, act["receipt"])
    assert (act["active"], act["flags"], told["flags"]) == (True, ["CLOCK_SKEW"], ["CLOCK_SKEW"])
    assert (told["recorded_at"], told["consented_at"]) == ("2026-03-04T12:00:00.000000+00:00", "2026-03-05T12:00:00.000000+00:00")
    rows = await matter.world.sql("select authorised_at from authorisations.authorisation where authorisation_id = $1", act["id"])
    assert rows[0][0] == matter.world.clock.now


async def test_the_customers_page_offers_the_receipt_as_a_file(matter: Matter) -> None:
    showing = await shown(matter, {})
    path = f"/a/{showing.given['token']}"
    assert (await matter.world.http.get(f"{path}/receipt.jws")).status_code == 404
    answer = (await showing.answer(*showing.items)).json()
    assert f'href="{path}/receipt.jws"' in (await matter.world.http.get(path)).text
    file = await matter.world.http.get(f"{path}/receipt.jws")
    assert (file.status_code, file.headers["content-type"], file.text) == (200, "application/jose", answer["receipt"])
    assert file.headers["content-disposition"].startswith("attachment")


async def test_a_receipt_cannot_say_something_else_than_its_act(matter: Matter) -> None:
    act = await matter.consent(await matter.offer({}))
    forged = matter.world.database.keys.sign(b'{"seq":1}', typ=RECEIPT)
    with pytest.raises(Exception, match="receipt_says_the_same"):
        await matter.world.sql(
            "insert into authorisations.receipt (organisation_id, authorisation_id, scope_id, seq, entry_hash, revised_total_minor, jws)"
            " select organisation_id, gen_random_uuid(), scope_id, seq, entry_hash, revised_total_minor, $2"
            " from authorisations.authorisation where authorisation_id = $1",
            act["id"],
            forged,
        )
