"""Texts come in by the operator's gateway, signed: what was answered is kept, once; it joins or opens a case, is answered the same way, and STOP is obeyed."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import standardwebhooks

from tests.care.builders import code_of, did, entries, found, raised, with_mail
from tests.notices.conftest import Gateway, Mailbox
from tests.world import World

Work = Callable[[], Awaitable[int]]
ADAS = "+49 170 555 0177"


@pytest.fixture
def work(texting: Work) -> Work:
    return texting


class Phone:
    """The operator's gateway as it hands texts in."""

    def __init__(self, world: World, door: dict[str, Any]) -> None:
        self.world, self.door = world, door

    async def texts(self, said: str, *, number: str = "+491705550177", named: str | None = None, **also: Any) -> httpx.Response:
        """One text, handed in once."""
        message = {"id": named or str(self.world.id()), "from": number, "text": said, **also}
        return await self.hand_in(json.dumps(message).encode())

    async def hand_in(self, body: bytes, *, secret: str | None = None, at: datetime | None = None, **headers: str) -> httpx.Response:
        sent_at = (at or self.world.clock.now).replace(microsecond=0).astimezone(UTC)
        signed = standardwebhooks.Webhook(secret or self.door["secret"]).sign("m1", sent_at, body.decode("utf-8", "replace"))
        sent = {"webhook-id": "m1", "webhook-timestamp": str(int(sent_at.timestamp())), "webhook-signature": signed, **headers}
        return await self.world.http.post(self.door["path"], content=body, headers={"content-type": "application/json", **sent})

    async def cases(self, customer_id: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await self.world.done("GET", f"/v1/customers/{customer_id}/cases"))["items"]
        return items

    async def strays(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await self.world.done("GET", "/v1/stray-mails"))["items"]
        return items


async def opened(world: World, channel: str = "sms") -> Phone:
    door = {"channel": channel, "name": "+49 30 555 0100"}
    return Phone(world, await world.done("POST", "/v1/text-doors", door, key=str(world.id())))


@pytest.fixture
async def phone(world: World) -> Phone:
    return await opened(world)


async def reached(world: World, customer_id: str, address: str = ADAS, channel: str = "sms") -> None:
    contact = {"name": "Ada", "channel": channel, "address": address}
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", contact)


@pytest.fixture
async def ada(world: World) -> str:
    customer = await world.customer()
    await reached(world, customer["id"])
    return str(customer["id"])


async def test_a_text_opens_a_case_with_a_promise_and_comes_in_once(world: World, phone: Phone, ada: str) -> None:
    first, second = [await phone.texts("The router is dead", named="SM1") for _ in "12"]
    assert (first.status_code, first.json()) == (200, second.json())
    [case] = await phone.cases(ada)
    assert (case["channel"], case["waiting"]) == ("sms", 1)
    [heard] = await entries(world, case["id"])
    assert (heard["id"], heard["words"], heard["channel"]) == (first.json()["id"], "The router is dead", "sms")
    [promise] = (await world.done("GET", f"/v1/promises?customer_id={ada}"))["items"]
    assert (promise["kind"], promise["subject_id"], promise["due_at"]) == ("reply", heard["id"], case["due_at"])


async def test_the_same_text_from_two_retries_at_once_is_one(world: World, phone: Phone, ada: str) -> None:
    answers = await asyncio.gather(*(phone.texts("The router is dead", named="SM1") for _ in range(5)))
    assert {one.status_code for one in answers} <= {200, 409, 503}
    assert 200 in {one.status_code for one in answers}
    [case] = await phone.cases(ada)
    assert case["waiting"] == 1


async def test_two_texts_at_once_are_two_words_of_one_case(world: World, phone: Phone, ada: str) -> None:
    await asyncio.gather(phone.texts("The router is dead"), phone.texts("and the lamp is red"))
    [case] = await phone.cases(ada)
    assert case["waiting"] == 2


async def test_a_text_joins_the_case_that_it_answers_or_quotes_or_that_was_spoken_of_last(world: World, phone: Phone, ada: str) -> None:
    first = await raised(world, ada, channel="sms")
    world.clock.forward(minutes=1)
    answer = await did(world, first["id"], "answers", channel="sms", words="Which lamp is on?")
    world.clock.forward(minutes=1)
    second = await raised(world, ada, words="And the invoice is wrong")
    for said, also in (
        ("The red one", {"answers": f"{answer['id']}.1"}),
        (f"Still dead, {first['reference'].lower()}", {}),
        ("I see it now", {}),
    ):
        world.clock.forward(minutes=1)
        await phone.texts(said, **also)
    assert [one["words"] for one in await entries(world, first["id"]) if one["kind"] == "heard"][1:] == [
        "The red one",
        f"Still dead, {first['reference'].lower()}",
        "I see it now",
    ]
    await did(world, first["id"], "merge", case_id=second["id"])
    world.clock.forward(minutes=1)
    await phone.texts("Thank you", answers=f"{answer['id']}.1")
    assert "Thank you" in [one["words"] for one in await entries(world, second["id"])]


async def test_the_number_is_known_however_it_is_written_and_a_strangers_like_it_is_not(world: World, phone: Phone) -> None:
    customer = await world.customer()
    await reached(world, customer["id"], "0170/555-0177", "phone")
    await phone.texts("It is me")
    await phone.texts("It isn't", number="+49 160 555 0177")
    [case] = await phone.cases(customer["id"])
    assert [one["words"] for one in await entries(world, case["id"])] == ["It is me"]
    assert [one["words"] for one in await phone.strays()] == ["It isn't"]


async def test_a_text_of_nobody_known_waits_for_somebody_who_knows_whose_it_is(world: World, phone: Phone, ada: str) -> None:
    case = await raised(world, ada)
    await phone.texts(f"I moved, {case['reference']}", number="+49 30 1234567")
    [stray] = await phone.strays()
    assert (stray["channel"], stray["sender"], stray["case_id"], stray["attachments"]) == ("sms", "+49 30 1234567", case["id"], [])
    taken = {"customer_id": ada, "adds_contact": True}
    heard = await world.done("POST", f"/v1/stray-mails/{stray['id']}/take", taken, key=str(world.id()))
    assert heard["id"] == case["id"]
    assert (await entries(world, case["id"]))[-1]["channel"] == "sms"
    await phone.texts("Are you coming?", number="+49 30 1234567")
    assert (await phone.strays(), (await found(world, case["id"]))["waiting"]) == ([], 3)


async def test_whose_number_is_two_customers_is_not_guessed(world: World, phone: Phone, ada: str) -> None:
    other = await world.customer(name="Their office")
    await reached(world, other["id"])
    case = await raised(world, other["id"])
    await phone.texts("Hello")
    assert [one["words"] for one in await phone.strays()] == ["Hello"]
    await phone.texts(f"Hello {case['reference']}")
    assert (await found(world, case["id"]))["waiting"] == 2


@pytest.mark.parametrize("said", ["?", "", " \x00\x07 ", "😀"])
async def test_a_text_of_next_to_nothing_is_kept_too(world: World, phone: Phone, ada: str, said: str) -> None:
    assert (await phone.texts(said)).status_code == 200
    assert len(await phone.cases(ada)) == 1


async def test_what_is_not_signed_by_its_door_is_not_taken(world: World, phone: Phone, ada: str) -> None:
    other = await opened(world)
    body = json.dumps({"id": "SM1", "from": "+491705550177", "text": "Hello"}).encode()
    now = world.clock.now
    wrong = [
        await phone.hand_in(body, secret=other.door["secret"]),
        await phone.hand_in(body, at=now - timedelta(minutes=6)),
        await phone.hand_in(body, at=now + timedelta(minutes=6)),
        await phone.hand_in(body, **{"webhook-signature": "v1,AAAA"}),
        await phone.hand_in(body, **{"webhook-id": "m2"}),
        await phone.hand_in(body, **{"webhook-timestamp": "soon"}),
        await phone.hand_in(b"[]"),
        await phone.hand_in(b'{"id": "SM1"}'),
        await phone.hand_in(b"\xff"),
        await phone.hand_in(json.dumps({"id": "SM1", "from": "+491705550177", "text": "x" * 70_000}).encode()),
        await world.http.post(phone.door["path"], content=body, headers={"content-type": "application/json"}),
    ]
    assert {(one.status_code, one.json()["code"]) for one in wrong} == {(422, "TEXT_NOT_TAKEN")}
    await world.done("POST", f"/v1/text-doors/{phone.door['id']}/remove", key=str(world.id()))
    assert (await phone.hand_in(body)).json()["code"] == "TEXT_NOT_TAKEN"
    assert await phone.cases(ada) == []
    assert (await other.texts("Hello", named="SM1")).status_code == 200


async def test_a_door_shows_its_secret_again_to_the_same_request_alone(world: World) -> None:
    key, door = str(world.id()), {"channel": "chat", "name": "Chat"}
    first = await world.done("POST", "/v1/text-doors", door, key=key)
    assert await world.done("POST", "/v1/text-doors", door, key=key) == first
    [listed] = (await world.done("GET", "/v1/text-doors"))["items"]
    assert (listed["channel"], listed["name"]) == ("chat", "Chat")
    assert "secret" not in listed


async def test_the_answer_goes_back_by_the_same_way_with_its_words(
    world: World,
    phone: Phone,
    ada: str,
    mailbox: Mailbox,
    gateway: tuple[Gateway, int],
    work: Work,
) -> None:
    await with_mail(world, ada, "ada@a.example")
    await phone.texts("The router is dead")
    [case] = await phone.cases(ada)
    answer = await did(world, case["id"], "answers", channel="sms", words="Which lamp is on?")
    await work()
    [text] = gateway[0].texts
    assert (text["channel"], text["to"], text["notice_id"]) == ("sms", ADAS, answer["id"])
    assert text["text"].startswith("Which lamp is on?")
    assert case["reference"] in text["text"]
    assert mailbox.taken == []
    assert (await found(world, case["id"]))["waiting"] == 0
    assert await code_of(world, case["id"], "answers", channel="chat", words="Hello") == (409, "ANSWER_UNADDRESSED")
    assert await code_of(world, case["id"], "answers", channel="sms", words="x" * 1500) == (422, "ANSWER_TOO_LONG")


async def test_who_chats_is_answered_in_the_chat(world: World, gateway: tuple[Gateway, int], work: Work) -> None:
    chat = await opened(world, "chat")
    customer = await world.customer(language="de")
    await reached(world, customer["id"], "wa:4917055", "chat")
    await chat.texts("Hallo", number="WA:4917055", name="Ada")
    [case] = await chat.cases(customer["id"])
    await did(world, case["id"], "answers", channel="chat", words="Guten Tag")
    await work()
    assert [(text["channel"], text["to"]) for text in gateway[0].texts] == [("chat", "wa:4917055")]


async def test_stop_is_obeyed_for_the_number_until_start_and_mail_goes_on(
    world: World,
    phone: Phone,
    ada: str,
    mailbox: Mailbox,
    gateway: tuple[Gateway, int],
    work: Work,
) -> None:
    await with_mail(world, ada, "ada@a.example")
    case = await raised(world, ada, channel="sms")
    await phone.texts(" \u2068Stop!\u2069\ufeff ", named="SM1")  # as some keyboards write it
    assert (await found(world, case["id"]))["waiting"] == 1
    assert "\u2068Stop!\u2069\ufeff" in [one["words"] for one in (await world.done("GET", f"/v1/customers/{ada}/messages"))["items"]]
    await did(world, case["id"], "answers", channel="sms", words="Which lamp is on?")
    await work()
    assert (gateway[0].texts, len(mailbox.taken)) == ([], 1)
    world.clock.forward(minutes=1)
    await phone.texts("START")
    await phone.texts("Stop!", named="SM1")
    await did(world, case["id"], "answers", channel="sms", words="And now?")
    await work()
    assert [text["text"][:8] for text in gateway[0].texts] == ["And now?"]


async def test_stop_of_a_number_that_nobody_knows_yet_is_obeyed_once_it_is_somebodys(
    world: World,
    phone: Phone,
    gateway: tuple[Gateway, int],
    work: Work,
) -> None:
    await phone.texts("STOP")
    assert await phone.strays() == []
    customer = await world.customer()
    await reached(world, customer["id"], "0170 (555) 01 77")
    case = await raised(world, customer["id"])
    await did(world, case["id"], "answers", channel="sms", words="Which lamp is on?")
    await work()
    assert gateway[0].texts == []
    [notice] = (await world.done("GET", f"/v1/notices?customer_id={customer['id']}"))["items"]
    assert (notice["state"], notice["reach"]) == ("failed", "open")


async def test_a_word_that_may_mean_a_visit_stops_texts_and_is_read_by_a_person(world: World, phone: Phone, ada: str) -> None:
    await phone.texts("Cancel")
    [case] = await phone.cases(ada)
    assert case["waiting"] == 1
    await phone.texts("Please stop the water in the cellar")
    assert (await found(world, case["id"]))["waiting"] == 2


async def test_a_text_and_a_chat_that_are_numbered_alike_are_two_and_a_new_door_knows_what_the_old_one_took(
    world: World, phone: Phone, ada: str
) -> None:
    chat, renewed = await opened(world, "chat"), await opened(world)
    text = await phone.texts("The router is dead", named="1")
    assert text.json() != (await chat.texts("Is anybody there?", number="grace", named="1")).json()
    assert text.json() == (await renewed.texts("The router is dead", named="1")).json()
    assert [one["words"] for one in await phone.strays()] == ["Is anybody there?"]


async def test_a_name_that_a_chat_tells_is_one_line_that_hides_nothing(world: World) -> None:
    chat = await opened(world, "chat")
    told = await chat.texts("Hello", number="grace\r\n\u202e", name="Gr\u202eace 4111 1111 1111 1111\r\nBcc: x@y.example\0")
    assert told.status_code == 200, told.text
    [stray] = await chat.strays()
    assert (stray["sender"], stray["sender_name"]) == ("grace", "Grace …1111 Bcc: x@y.example")
    customer = await world.customer()
    await world.done(
        "POST", f"/v1/stray-mails/{stray['id']}/take", {"customer_id": customer["id"], "adds_contact": True}, key=str(world.id())
    )
    [contact] = (await world.done("GET", f"/v1/customers/{customer['id']}/contacts"))["items"]
    assert (contact["name"], contact["address"]) == ("Grace …1111 Bcc: x@y.example", "grace")
