"""Papers tell what a job is done on, by plate and VIN, and what its meter showed when it came and went; an invoice as it was issued."""

from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.customers.builders import asset
from tests.documents.papers import text_of
from tests.documents.test_print_credit_note import billed
from tests.world import World

VAN = {"kind": "vehicle", "name": "Opel Movano", "serial": "W0VMRY607SB123456", "plate": "B-AB 1234"}


@pytest.fixture
async def of_van(world: World) -> Matter:
    """The matter of a repair of a van."""
    customer = await world.customer()
    van = await asset(world, customer["id"], **VAN)
    return await Matter(world).of_job(customer_id=customer["id"], asset_id=van["id"])


async def read(matter: Matter, taken_when: str, value: int, **more: Any) -> Any:
    return await matter.world.post(
        f"/v1/jobs/{matter.job_id}/readings", {"taken_when": taken_when, "value": value, **more}, role="technician"
    )


async def test_offer_job_and_invoice_tell_the_vehicle_and_its_odometer_as_it_came_and_went(of_van: Matter) -> None:
    world = of_van.world
    assert (await read(of_van, "intake", 84_210)).status_code == 201
    offer = await of_van.offer({})
    invoice = await billed(of_van)
    told = "Done on Opel Movano · B-AB 1234 · W0VMRY607SB123456 Reading at intake 84,210 km"
    papers = [f"/v1/offers/{offer.id}/offer.pdf", f"/v1/jobs/{of_van.job_id}/job.pdf", f"/v1/invoices/{invoice['id']}/invoice.pdf"]
    for path in papers:
        assert told in (text := await text_of(world, path)), (path, text)
    world.clock.forward(hours=2)
    assert (await read(of_van, "return", 84_225)).status_code == 201
    assert f"{told} Reading at return 84,225 km" in await text_of(world, papers[1])


async def test_an_invoice_goes_on_telling_what_it_told(of_van: Matter) -> None:
    world = of_van.world
    await read(of_van, "intake", 84_210)
    invoice = await billed(of_van)
    path = f"/v1/invoices/{invoice['id']}/invoice.pdf"
    before = await text_of(world, path)
    world.clock.forward(hours=2)
    await read(of_van, "intake", 84_201)
    van_id = (await world.done("GET", f"/v1/jobs/{of_van.job_id}"))["asset_id"]
    await world.changed(f"/v1/customers/{of_van.customer_id}/assets/{van_id}", plate="B-XY 99")
    assert await text_of(world, path) == before
    later = await text_of(world, f"/v1/jobs/{of_van.job_id}/job.pdf")
    assert "B-XY 99" in later
    assert "Reading at intake 84,201 km" in later


async def test_a_meter_goes_forward_in_one_unit_and_the_last_reading_of_a_moment_counts(of_van: Matter) -> None:
    assert (await read(of_van, "intake", 500)).status_code == 201
    for value, more in ((499, {}), (600, {"unit": "SMI"})):
        refused = await read(of_van, "return", value, **more)
        assert (refused.status_code, refused.json()["code"]) == (422, "READING_GOES_BACK")
    assert (await read(of_van, "intake", 400)).status_code == 201
    assert [(await read(of_van, "return", 499)).status_code for _ in "12"] == [201, 200]
    found = await of_van.world.done("GET", f"/v1/jobs/{of_van.job_id}/readings")
    assert [(one["taken_when"], one["value"]) for one in found["readings"] if one["taken_when"] == "return"] == [("return", 499)]
    assert {one["value"] for one in found["readings"]} == {500, 400, 499}


async def test_whoever_calls_is_found_by_the_plate_of_their_vehicle(of_van: Matter) -> None:
    for said in ("B-AB 1234", "bab1234"):
        found = await of_van.world.done("GET", f"/v1/search/customers?said={said.replace(' ', '%20')}")
        assert [one["id"] for one in found["items"]] == [of_van.customer_id], (said, found)


async def test_a_paper_of_a_job_on_nothing_in_particular_tells_of_none(matter: Matter) -> None:
    assert "Done on" not in await text_of(matter.world, f"/v1/jobs/{matter.job_id}/job.pdf")
