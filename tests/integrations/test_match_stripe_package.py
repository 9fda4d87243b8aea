"""The contract of the stand-in: it says nothing that the `stripe` package doesn't declare, and it leaves out nothing that it promises."""

import functools
import re
import typing
from pathlib import Path
from typing import Any

import httpx
import pytest
import stripe
import stripe.params
import stripe.params.checkout
import stripe.params.radar
import stripe.params.terminal
import stripe.params.test_helpers.terminal
from stripe._api_version import _ApiVersion

from service.integrations.stripe import API_VERSION, standin
from service.integrations.stripe.standin import running_standin
from service.integrations.stripe.standin.routes import ROUTES, find_route
from tests.integrations.declared import departures, hints_of
from tests.integrations.everything import Walk

NOUNS = {
    name
    for file in Path(standin.__file__).parent.rglob("*.py")
    for name in re.findall(r'"object": "([a-z_.]+)"', file.read_text(encoding="utf-8"))
}
"""Every kind of object that the stand-in has code for."""


@pytest.fixture(scope="module")
async def walk() -> Walk:
    async with (
        running_standin() as running,
        httpx.AsyncClient(base_url=running.url, headers={"authorization": f"Bearer {running.api_key}"}, trust_env=False) as raw,
    ):
        walk = Walk(raw, running)
        await walk.all()
        return walk


def things(walk: Walk) -> list[Any]:
    """Every object that was answered, those of lists and of events too."""
    found = [said for _, _, said in walk.answers if isinstance(said, dict)]
    found += [item for listed in found if listed["object"] == "list" for item in listed["data"]]
    return found + [event["data"]["object"] for event in found if event["object"] == "event"]


def kinds_within(value: Any) -> set[str]:
    """The kinds of an object and of all that are in it."""
    if isinstance(value, list):
        return {kind for one in value for kind in kinds_within(one)}
    if not isinstance(value, dict):
        return set()
    named = {value["object"]} if isinstance(value.get("object"), str) else set()
    return named | {kind for one in value.values() for kind in kinds_within(one)}


async def test_every_object_it_answers_is_as_the_package_declares_it(walk: Walk):
    said = things(walk)
    assert len(NOUNS) >= 20
    assert kinds_within(said) | {"list"} == NOUNS
    assert sorted({found for thing in said for found in departures(thing, stripe.StripeObject, at=str(thing["object"]))}) == []


async def test_every_event_it_sends_is_of_a_kind_the_package_knows(walk: Walk):
    known = set(typing.get_args(hints_of(stripe.Event)["type"]))
    sent = {thing["type"] for thing in things(walk) if thing["object"] == "event"}
    assert len(sent) >= 50, sorted(sent)
    assert sent <= known


async def test_every_address_it_answers_was_asked(walk: Walk):
    asked = {(route.method, route.path) for route, _ in (find_route(method, path) for method, path, _ in walk.answers)}
    assert {(route.method, route.path) for route in ROUTES} == asked


@pytest.mark.parametrize("route", [route for route in ROUTES if route.accepts], ids=lambda route: f"{route.method} {route.path}")
def test_every_parameter_it_takes_is_declared_by_the_package(route):
    declared = functools.reduce(getattr, route.parameters.split("."), stripe.params)
    assert route.accepts <= declared.__annotations__.keys()


async def test_every_key_of_its_errors_is_declared_by_the_package(raw: httpx.AsyncClient):
    declined = await raw.post(
        "/v1/payment_intents", data={"amount": "500", "currency": "eur", "payment_method": "pm_card_chargeDeclined", "confirm": "true"}
    )
    refused = await raw.get("/v1/payment_intents/pi_nowhere")
    for answer in (declined, refused):
        assert answer.json()["error"].keys() <= hints_of(stripe.ErrorObject).keys()


def test_a_departure_from_the_package_is_noticed():
    right = {
        "object": "radar.early_fraud_warning",
        "id": "i",
        "actionable": True,
        "charge": "c",
        "created": 1,
        "fraud_type": "x",
        "livemode": False,
    }
    inside = {**right, "charge": {"object": "charge", "outcome": {"type": "authorized", "colour": 1}}}
    wrong = [
        {**right, "colour": 1},
        {**right, "created": "1"},
        {**right, "charge": None},
        {name: right[name] for name in right if name != "id"},
    ]
    assert departures(right, stripe.StripeObject, at="w") == []
    assert [len(departures(one, stripe.StripeObject, at="w")) for one in wrong] == [1, 1, 1, 1]
    assert "w.charge.outcome.colour is undeclared" in departures(inside, stripe.StripeObject, at="w")


def test_the_version_we_speak_is_the_one_the_package_was_made_for():
    """When the package is upgraded: read Stripe's changelog, then pin its version."""
    assert API_VERSION == _ApiVersion.CURRENT


def test_the_package_sends_nobody_figures_about_us():
    assert stripe.enable_telemetry is False
