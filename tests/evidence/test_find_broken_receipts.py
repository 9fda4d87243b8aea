"""`sayso doctor` finds a receipt that we never signed, and words that aren't those of the act or are gone without an erasure."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from service.settings import Settings
from tests.evidence.packs import job
from tests.proofs.soundness import offences
from tests.world import World


@pytest.fixture
async def undone(owner: Any) -> AsyncIterator[Any]:
    """The owner past foreign keys, in a transaction that is rolled back."""
    transaction = owner.transaction(isolation="repeatable_read")
    await transaction.start()
    await owner.execute("set local session_replication_role = replica")
    yield owner
    await transaction.rollback()


async def test_an_ordinary_job_has_nothing_to_find(world: World, owner: Any, settings: Settings) -> None:
    await job(world)
    assert await offences(owner, settings, world) == {}


async def test_receipts_are_signed(world: World, settings: Settings, owner: Any) -> None:
    await job(world)
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    retired = tuple(one.x for one in world.database.keys.as_set().keys)
    rotated = msgspec.structs.replace(settings, signing_key=key)
    assert "receipts_are_signed" in await offences(owner, rotated, world), "a retired key that nobody names any more"
    assert await offences(owner, msgspec.structs.replace(rotated, retired_keys=retired), world) == {}


async def test_persons_are_those_committed_to(world: World, settings: Settings, undone: Any) -> None:
    await job(world)
    await undone.execute(
        "update authorisations.consent_detail set authoriser_name = 'Somebody Else' where organisation_id = $1", world.organisation_id
    )
    assert "persons_are_those_committed_to" in await offences(undone, settings, world)


async def test_words_are_erased_by_an_erasure(world: World, settings: Settings, undone: Any) -> None:
    one = await job(world)
    hold = (await world.done("POST", f"/v1/customers/{one.matter.customer_id}/legal-holds", {"reason": "claim"}))["id"]
    await undone.execute("delete from authorisations.consent_detail where organisation_id = $1", world.organisation_id)
    assert "words_are_erased_by_an_erasure" in await offences(undone, settings, world)
    forged = (
        "insert into evidence.erasure (organisation_id, erasure_id, customer_id, last, kept_until, acts, contacts, photos, erased_by)"
        " select organisation_id, gen_random_uuid(), customer_id, true, '-infinity', 2, 0, 0, 'raw' from evidence.hold where hold_id = $1::text::uuid"
    )
    await undone.execute(forged, hold)
    assert "words_are_erased_by_an_erasure" in await offences(undone, settings, world), "an erasure while a hold stood"
    await undone.execute("delete from evidence.hold where hold_id = $1::text::uuid", hold)
    assert "words_are_erased_by_an_erasure" not in await offences(undone, settings, world)
