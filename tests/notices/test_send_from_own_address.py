"""An organisation's mail is from an address of its own that takes mail in, by the name that it says."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.care.builders import did, raised, with_mail
from tests.notices.conftest import Mailbox
from tests.world import World

Work = Callable[[], Awaitable[int]]


async def door_of(world: World, address: str) -> str:
    return str((await world.done("POST", "/v1/mail-addresses", {"address": address}, key=str(world.id())))["id"])


async def sends_from(world: World, door: str, name: str) -> Any:
    return await world.done("POST", f"/v1/mail-addresses/{door}/sender", {"name": name}, key=str(world.id()))


async def answer_by_mail(world: World, work: Work) -> None:
    customer = await world.customer()
    await with_mail(world, customer["id"], f"ada-{customer['id']}@a.example")
    case = await raised(world, customer["id"])
    await did(world, case["id"], "answers", words="A new one comes")
    await work()


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
    [before, own, after] = [mail["From"].addresses[0] for mail in mailbox.taken]
    assert (own.display_name, own.addr_spec) == ("Grüße von Nord", f"{local(world)}@north.example")
    assert before.addr_spec == after.addr_spec == "sayso@localhost"
    assert str(mailbox.taken[1]["Message-ID"]).endswith("@north.example>")


@pytest.mark.parametrize(
    "name", ['North "wind", Co', "North <evil@x.example>", "a@b.example, evil@x.example", "\\", "=?utf-8?q?=0ABcc=3A?="]
)
async def test_whatever_is_in_the_name_stays_a_name(world: World, mailbox: Mailbox, work: Work, name: str) -> None:
    await sends_from(world, await door_of(world, f"{local(world)}@north.example"), name)
    await answer_by_mail(world, work)
    [mail] = mailbox.taken
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
