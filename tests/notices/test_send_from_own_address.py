"""An organisation's mail is from an address of its own that takes mail in, by the name that it says."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from service.care.senders import code_of_mail
from tests.care.builders import did, raised, with_mail
from tests.care.test_attack_custody import refused
from tests.notices.conftest import Mailbox
from tests.world import World

Work = Callable[[], Awaitable[int]]


async def door_of(world: World, address: str) -> str:
    return str((await world.done("POST", "/v1/mail-addresses", {"address": address}, key=str(world.id())))["id"])


async def code_to(world: World, door: str) -> str:
    """The code that went to the address, as its mail says it."""
    asked = await world.done("POST", f"/v1/mail-addresses/{door}/code", None, key=str(world.id()))
    return code_of_mail(world.database.cursors, UUID(asked["id"]))


async def proven(world: World, door: str) -> str:
    """The address, shown to be the organisation's."""
    await world.done("POST", f"/v1/mail-addresses/{door}/proof", {"code": await code_to(world, door)}, key=str(world.id()))
    return door


async def sends_from(world: World, door: str, name: str) -> Any:
    await proven(world, door)
    return await world.done("POST", f"/v1/mail-addresses/{door}/sender", {"name": name}, key=str(world.id()))


async def answer_by_mail(world: World, work: Work) -> None:
    customer = await world.customer()
    await with_mail(world, customer["id"], f"ada-{customer['id']}@a.example")
    case = await raised(world, customer["id"])
    await did(world, case["id"], "answers", words="A new one comes")
    await work()


def answers(mailbox: Mailbox) -> list[Any]:
    """The mails to customers, without the codes that went to addresses."""
    return [mail for mail in mailbox.taken if mail["To"].startswith("ada-")]


def local(world: World) -> str:
    return f"help-{world.organisation_id.hex[-12:]}"


async def test_mail_is_from_the_organisations_own_address_and_name_until_it_says_otherwise(
    world: World, mailbox: Mailbox, work: Work
) -> None:
    door = await door_of(world, f"{local(world)}@north.example")
    await answer_by_mail(world, work)
    await sends_from(world, door, "Grüße von Nord")
    await answer_by_mail(world, work)
    await world.done("POST", f"/v1/mail-addresses/{door}/sender/remove", None, key=str(world.id()))
    await answer_by_mail(world, work)
    [before, own, after] = [mail["From"].addresses[0] for mail in answers(mailbox)]
    assert (own.display_name, own.addr_spec) == ("Grüße von Nord", f"{local(world)}@north.example")
    assert before.addr_spec == after.addr_spec == "sayso@localhost"
    assert str(answers(mailbox)[1]["Message-ID"]).endswith("@north.example>")


@pytest.mark.parametrize(
    "name", ['North "wind", Co', "North <evil@x.example>", "a@b.example, evil@x.example", "\\", "=?utf-8?q?=0ABcc=3A?="]
)
async def test_whatever_is_in_the_name_stays_a_name(world: World, mailbox: Mailbox, work: Work, name: str) -> None:
    await sends_from(world, await door_of(world, f"{local(world)}@north.example"), name)
    await answer_by_mail(world, work)
    [mail] = answers(mailbox)
    assert [one.addr_spec for one in mail["From"].addresses] == [f"{local(world)}@north.example"]
    assert (mail["Bcc"], len(mail.get_all("From"))) == (None, 1)


@pytest.mark.parametrize("name", ["", "North\r\nBcc: evil@x.example", "North\nWest", "\x00", " ", "n" * 101])
async def test_a_name_that_is_no_line_is_refused(world: World, name: str) -> None:
    door = await door_of(world, f"{local(world)}@north.example")
    answer = await world.post(f"/v1/mail-addresses/{door}/sender", {"name": name}, key=str(world.id()))
    assert answer.status_code == 422


async def test_an_address_that_no_mail_can_be_from_is_refused(world: World) -> None:
    for address in (f"jörg-{local(world)}@north.example", f"a,{local(world)}@north.example", f"{local(world)};b@north.example"):
        answer = await world.post(f"/v1/mail-addresses/{await door_of(world, address)}/sender", {"name": "N"}, key=str(world.id()))
        assert (answer.status_code, answer.json()["code"]) == (422, "SENDER_UNWRITABLE"), address


async def test_the_address_that_mail_is_from_takes_mail_in_as_long_as_it_is(world: World, other_world: World) -> None:
    first, second = await door_of(world, f"{local(world)}@north.example"), await door_of(world, f"second-{local(world)}@north.example")
    await sends_from(world, first, "North")
    await sends_from(world, second, "North, too")
    listed = (await world.done("GET", "/v1/mail-addresses"))["items"]
    assert {one["id"]: one["sends_as"] for one in listed} == {first: None, second: "North, too"}
    refused = await world.post(f"/v1/mail-addresses/{second}/remove", None, key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (409, "STILL_SENDS")
    await world.done("POST", f"/v1/mail-addresses/{first}/remove", None, key=str(world.id()))
    strange = await other_world.post(f"/v1/mail-addresses/{second}/sender", {"name": "Not theirs"}, key=str(other_world.id()))
    assert strange.status_code == 404


async def test_an_address_is_proven_by_the_code_that_went_to_it_and_mail_is_from_no_other(
    world: World, mailbox: Mailbox, work: Work
) -> None:
    door = await door_of(world, f"{local(world)}@north.example")
    path = f"/v1/mail-addresses/{door}"
    early = await world.post(f"{path}/sender", {"name": "North"}, key=str(world.id()))
    assert (early.status_code, early.json()["code"]) == (409, "ADDRESS_UNPROVEN")
    code = await code_to(world, door)
    await work()
    [mail] = mailbox.to(f"{local(world)}@north.example")
    assert code in mail.get_content()
    assert mail["From"].addresses[0].addr_spec == "sayso@localhost"
    for wrong in ("AAAA-AAAA-AAAA", code[:-1] + ("A" if code[-1] != "A" else "B")):
        refused = await world.post(f"{path}/proof", {"code": wrong}, key=str(world.id()))
        assert (refused.status_code, refused.json()["code"]) == (422, "MAIL_CODE_WRONG")
    typed = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')}"
    for _ in range(2):
        assert (await world.done("POST", f"{path}/proof", {"code": typed}, key=str(world.id())))["id"] == door
    [listed] = (await world.done("GET", "/v1/mail-addresses"))["items"]
    assert listed["proven_at"] == "2026-03-04T12:00:00Z"
    await world.done("POST", f"{path}/sender", {"name": "North"}, key=str(world.id()))


async def test_a_code_proves_only_the_address_that_it_went_to_within_a_day_and_as_long_as_it_stands(world: World) -> None:
    first, second = await door_of(world, f"{local(world)}@north.example"), await door_of(world, f"second-{local(world)}@north.example")
    code = await code_to(world, first)

    async def said_to(door: str, said: str) -> str:
        answer = await world.post(f"/v1/mail-addresses/{door}/proof", {"code": said}, key=str(world.id()))
        return str(answer.json().get("code"))

    assert await said_to(second, code) == "MAIL_CODE_WRONG"
    world.clock.now += timedelta(days=1)
    assert await said_to(first, code) == "MAIL_CODE_WRONG"
    await proven(world, first)
    await world.done("POST", f"/v1/mail-addresses/{first}/remove", None, key=str(world.id()))
    again = await door_of(world, f"{local(world)}@north.example")
    answer = await world.post(f"/v1/mail-addresses/{again}/sender", {"name": "North"}, key=str(world.id()))
    assert (answer.status_code, answer.json()["code"]) == (409, "ADDRESS_UNPROVEN")


async def test_nobody_is_mailed_codes_without_end_and_a_program_asks_for_none(world: World) -> None:
    door = await door_of(world, f"{local(world)}@north.example")
    for _ in range(10):
        await code_to(world, door)
    used_up = await world.post(f"/v1/mail-addresses/{door}/code", None, key=str(world.id()))
    assert (used_up.status_code, used_up.json()["code"]) == (429, "MAIL_CODES_USED_UP")
    world.clock.now += timedelta(days=1)
    await code_to(world, door)
    key = (await world.done("POST", "/v1/api-keys", {"name": "Books", "scopes": ["organisation:write"]}))["key"]
    asked = await world.http.post(f"/v1/mail-addresses/{door}/code", headers={"Authorization": f"Bearer {key}"})
    assert (asked.status_code, asked.json()["code"]) == (403, "PERSON_NEEDED")


async def test_what_the_tables_say_sends_from_no_address_that_nobody_proved(world: World) -> None:
    door = UUID(await door_of(world, f"{local(world)}@north.example"))
    sends = "insert into care.mail_sender (organisation_id, mail_address_id, name) values ($1, $2, 'North')"
    assert await refused(world, sends, door) == "mail_sender_is_proven"
    other = UUID(await door_of(world, f"second-{local(world)}@north.example"))
    await code_to(world, str(other))
    proves = """
    insert into care.mail_proof (organisation_id, mail_address_id, mail_code_id, proven_by, proven_at)
    select organisation_id, $2, mail_code_id, 'staff:me', asked_at from care.mail_code where organisation_id = $1"""
    assert await refused(world, proves, door) == "mail_proven_by_its_code"
