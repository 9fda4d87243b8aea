"""Nothing that a customer says is lost where its case holds as much as a case can: another goes on with it."""

from typing import Any

import aiosmtplib
import asyncpg

from service.care.cases import FULL
from service.worker.mail_door import open_mail_door
from tests.care.builders import did, entries, found, raised, with_mail
from tests.world import World


async def full_case(world: World, owner: asyncpg.Connection) -> dict[str, Any]:
    """A case in which so much was noted that it takes no more words in."""
    customer = await world.customer()
    case = await raised(world, customer["id"], team="back_office")
    async with owner.transaction():
        await owner.execute("set local session_replication_role = replica")  # one step stands for all those before it
        await owner.execute(
            "insert into care.case_step (organisation_id, case_id, customer_id, step, kind, from_state, state, waiting_before, carried, team, acted_by, acted_at)"
            " select organisation_id, case_id, customer_id, $2, 'noted', 'open', 'open', 1, 0, team, 'system:test', acted_at from care.case_step where case_id = $1",
            case["id"],
            FULL,
        )
    return {**case, "customer_id": customer["id"]}


async def test_words_to_a_full_case_open_one_that_goes_on_with_it(world: World, owner: asyncpg.Connection) -> None:
    case = await full_case(world, owner)
    said = {"channel": "phone", "words": "It is dead again", "id": str(world.id())}
    on = await did(world, case["id"], "messages", **said)
    assert on["id"] != case["id"]
    assert on["reply_due_at"] is not None
    assert (await did(world, case["id"], "messages", **said))["id"] == on["id"]
    old, new = await found(world, case["id"]), await found(world, on["id"])
    assert (old["continued_in"], new["continues_case_id"]) == (on["id"], case["id"])
    assert (new["customer_id"], new["team"], new["waiting"]) == (case["customer_id"], "back_office", 1)
    later = await did(world, case["id"], "messages", channel="phone", words="And again")
    assert later["id"] == on["id"]
    assert [one["words"] for one in await entries(world, on["id"])] == ["It is dead again", "And again"]
    await did(world, case["id"], "answers", channel="phone", words="We come at noon")
    await did(world, case["id"], "close")


async def test_a_mail_that_quotes_a_full_case_is_heard_in_the_one_that_goes_on(world: World, owner: asyncpg.Connection) -> None:
    case = await full_case(world, owner)
    address, door = f"ada-{case['customer_id']}@a.example", f"help-{case['customer_id']}@x.example"
    await with_mail(world, case["customer_id"], address)
    await world.done("POST", "/v1/mail-addresses", {"address": door}, key=str(world.id()))
    async with open_mail_door(world.database, host="127.0.0.1", port=0, clock=world.clock) as port:
        for words in ("First", "Second"):
            mail = f"From: {address}\r\nSubject: Re: [{case['reference']}]\r\n\r\n{words}".encode()
            await aiosmtplib.send(mail, sender=address, recipients=[door], hostname="127.0.0.1", port=port, start_tls=False)
            world.clock.forward(minutes=1)
    on = (await found(world, case["id"]))["continued_in"]
    assert [one["words"] for one in await entries(world, on)] == ["First", "Second"]
    assert (await world.done("GET", "/v1/stray-mails"))["items"] == []
