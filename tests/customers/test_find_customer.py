"""Whoever calls is found by whatever they say of themselves, also when it is heard or typed wrong."""

from typing import Any

import pytest

from service.customers.folding import folded, one_slip_from, phone_word, squeezed, words_of
from tests.billing.builders import pay
from tests.dispatch.builders import job
from tests.world import World


async def somebody(world: World, **differences: Any) -> str:
    """Jörg Müller with everything that he is found by, but for the differences."""
    customer = {"name": "Jörg Müller", "reference": "K-10/77", **differences}
    customer_id: str = (await world.customer(**customer))["id"]
    path = f"/v1/customers/{customer_id}"
    for contact in (
        {"name": "Gisela Groß", "channel": "phone", "address": "+49 (0)30 555 0177"},
        {"name": "Jörg Müller", "channel": "email", "address": "joerg.m@home.example"},
    ):
        await world.done("POST", f"{path}/contacts", contact)
    await world.done("POST", f"{path}/sites", {"address": "Schönhauser Straße 12, 10119 Berlin", "zone": "Europe/Berlin"})
    await world.done("POST", f"{path}/assets", {"kind": "router", "name": "Fritz 7590", "serial": "SN-47 11/B"})
    return customer_id


async def found(world: World, said: str, **options: Any) -> list[str]:
    answer = await world.http.get(
        "/v1/search/customers",
        params={"said": said},
        headers={"Authorization": f"Bearer {await world.token(options.get('role', 'manager'))}"},
    )
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


@pytest.mark.parametrize(
    "said",
    [
        "Jörg Müller", "müller", "MUELLER Joerg", "Muller", "Mülle", "Mülelr", "Müler", "Miller Jorg", "Jörg Mü",
        "Gisela", "gross", "030 5550177", "0049 30 555 01 77", "5550177", "+49 30 5550177",
        "joerg.m@home.example", "Schönhauser Str. 12", "schoenhauserstr berlin", "10119 Müller", "Schönhuser 10119",
        "SN4711B", "sn-47 11/b", "K-10/77", "k1077", "fritz",
    ],
)  # fmt: skip
async def test_somebody_is_found_however_it_is_said(world: World, said: str) -> None:
    customer_id = await somebody(world)
    await world.customer(name="Ada Owner")
    assert await found(world, said) == [customer_id]


@pytest.mark.parametrize("said", ["Nobody", "Müller Hamburg", "5550188", "  ", "'; drop table", "%", "ß" * 150, "☎"])
async def test_nobody_is_found_by_what_fits_nobody(world: World, said: str) -> None:
    await somebody(world)
    assert await found(world, said) == []


async def test_who_fits_as_they_stand_comes_before_who_is_only_like_that(world: World) -> None:
    like, same = (await world.customer(name="Anna Meier"))["id"], (await world.customer(name="Anna Maier"))["id"]
    assert await found(world, "Anna Maier") == [same]
    assert await found(world, "Anna Meiar") == [like]


async def test_what_changed_is_found_and_what_was_is_not(world: World) -> None:
    customer_id = await somebody(world)
    await world.changed(f"/v1/customers/{customer_id}", name="Jörg Schmidt", reference=None)
    [contact] = [one for one in (await world.done("GET", f"/v1/customers/{customer_id}/contacts"))["items"] if one["channel"] == "phone"]
    await world.changed(f"/v1/customers/{customer_id}/contacts/{contact['id']}", address="040 123 4567")
    for said, is_found in (("Schmidt", True), ("K-10/77", False), ("5550177", False), ("0401234567", True)):
        assert (await found(world, said) == [customer_id]) is is_found, said


async def test_nobody_of_another_organisation_is_found_nor_anybody_who_was_erased(world: World, other_world: World) -> None:
    customer_id = await somebody(world)
    assert await found(other_world, "Müller") == []
    await world.done("POST", f"/v1/customers/{customer_id}/erasures", {}, key=str(world.id()))
    assert await found(world, "Gisela") == await found(world, "5550177") == []


def test_words_are_the_same_however_they_are_spelled() -> None:
    assert {folded(name) for name in ("Müller", "MUELLER", "Muller", "mu\u0308ller")} == {"muller"}
    assert words_of("Haupt-Straße 5", "Hauptstr. 5") == {"haupt", "5"}
    assert {phone_word(number) for number in ("+49 (0)30 555 0100", "030/5550100", "0049305550100")} == {"5550100"}
    assert squeezed("SN-12 34/a") == "sn1234a"
    assert {"mayer", "meier"}.isdisjoint(one_slip_from("xxxxx"))
    assert {"meyer", "myer", "maeyer", "amyer"} <= one_slip_from("mayer")


async def test_somebody_is_found_by_what_they_were_told_to_quote(world: World, other_world: World) -> None:
    customer_id = (await world.customer())["id"]
    of, paid = await job(world, customer_id=customer_id), await pay(world, 500, customer_id=customer_id)
    reference = (await world.done("GET", f"/v1/jobs/{of['id']}"))["reference"]
    for quoted in (reference, reference.lower(), paid["receipt_number"]):
        assert await found(world, quoted) == [customer_id], quoted
        assert await found(other_world, quoted) == []
    assert await found(world, reference[:-1]) == []


async def test_whoever_is_found_by_what_they_quote_is_told_apart_as_by_their_name(world: World) -> None:
    customer_id = await somebody(world)
    reference = (await world.done("GET", f"/v1/jobs/{(await job(world, customer_id=customer_id))['id']}"))["reference"]
    by_name, by_quoted = [(await world.done("GET", f"/v1/search/customers?said={said}"))["items"] for said in ("Gisela", reference)]
    assert by_quoted == by_name
    assert by_name[0]["phone"] is not None
