"""Whoever sends what isn't known is told what is: in a body, however deep, and in a question."""

from typing import Any

import pytest

from tests.world import World

OFFER = {
    "items": [
        {"kind": "labour", "description": "Oil", "quantity": "1", "unit_price": "100", "unit": "EA", "tax_category": "S", "tax_rate": "0"}
    ]
}


def with_item(**changes: Any) -> dict[str, Any]:
    return {"items": [OFFER["items"][0] | changes]}


@pytest.mark.parametrize(
    "path, document, told",
    [
        ("/v1/staff", {"name": "Ada", "email": "a@a.example", "roles": ["boss"]}, "`$.roles[0]`; one of "),
        ("/v1/jobs/{id}/offers", with_item(condition="shiny"), "`$.items[0].condition`; one of "),
        ("/v1/jobs/{id}/offers", with_item(prise="1"), "`prise` - at `$.items[0]`; one of "),
    ],
)
async def test_a_body_is_told_what_may_stand_there(world: World, path: str, document: dict[str, Any], told: str) -> None:
    refused = await world.post(path.format(id=world.id()), document)
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT")
    assert told in refused.json()["detail"]


async def test_each_that_is_known_is_told(world: World) -> None:
    refused = await world.post("/v1/staff", {"name": "Ada", "email": "a@a.example", "roles": ["boss"]})
    assert refused.json()["detail"].endswith("one of agent, back_office, dispatcher, manager, technician.")


async def test_a_question_is_told_what_may_stand_there(world: World) -> None:
    refused = await world.get("/v1/ledger/transfers?kind=profit&currency=EUR")
    assert refused.status_code == 422
    assert refused.json()["detail"].startswith("`kind`: Invalid enum value 'profit'; one of "), refused.text


@pytest.mark.parametrize("path, missing", [("/v1/notices", "customer_id"), ("/v1/ledger/transfers?kind=revenue", "currency")])
async def test_a_question_that_lacks_a_parameter_is_told_which(world: World, path: str, missing: str) -> None:
    refused = await world.get(path)
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT")
    assert f"`{missing}`" in refused.json()["detail"], refused.text
