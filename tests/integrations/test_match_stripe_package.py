"""The contract of the stand-in: it says nothing that the `stripe` package doesn't declare, and it leaves out nothing that it promises."""

import types
import typing

import httpx
import pytest
import stripe
import stripe.params
from stripe._api_version import _ApiVersion

from service.integrations.stripe import API_VERSION
from service.integrations.stripe.standin import Standin
from service.integrations.stripe.standin.app import ROUTES

CLASSES = {
    "payment_intent": stripe.PaymentIntent,
    "charge": stripe.Charge,
    "refund": stripe.Refund,
    "event": stripe.Event,
    "webhook_endpoint": stripe.WebhookEndpoint,
    "payment_method": stripe.PaymentMethod,
}
OPEN = {"metadata", "previous_attributes", "use_stripe_sdk", "object"}
"""Objects whose keys are free, or that are looked at on their own."""


class _Names(dict[str, object]):
    """Names that the package imports only for type checkers, found in its face; inside its modules `Card` is also `CardResource`."""

    def __missing__(self, name: str) -> object:
        for known in (name, name.removesuffix("Resource")):
            if hasattr(stripe, known):
                return getattr(stripe, known)
        raise KeyError(name)


def hints_of(declared: type) -> dict[str, object]:
    """Declared keys and their types."""
    return {
        name: hint
        for name, hint in typing.get_type_hints(declared, localns=_Names()).items()
        if not name.startswith("_") and name != "OBJECT_NAME"
    }


def classes_in(annotation: object) -> list[type]:
    """The package's object classes that a declared type allows."""
    if isinstance(annotation, type) and issubclass(annotation, stripe.StripeObject):
        return [annotation]
    return [found for part in typing.get_args(annotation) for found in classes_in(part)]


def undeclared(value: object, annotation: object, *, at: str) -> list[str]:
    if isinstance(value, list):
        return [problem for item in value for problem in undeclared(item, annotation, at=at)]
    if not isinstance(value, dict):
        return []
    noun = value.get("object")
    allowed = [CLASSES[noun]] if isinstance(noun, str) and noun in CLASSES else classes_in(annotation)
    if not allowed:
        return [f"{at} is an object that the package doesn't declare"]
    declared: dict[str, object] = {}
    for one in allowed:
        declared |= hints_of(one)
    problems = [f"{at}.{key}" for key in value if key not in declared]
    for key, inside in value.items():
        if key not in OPEN and key in declared:
            problems += undeclared(inside, declared[key], at=f"{at}.{key}")
    return problems


def left_out(value: dict[str, object]) -> list[str]:
    """Keys that the package declares as always there."""
    hints = hints_of(CLASSES[str(value["object"])])
    always = {
        key
        for key, hint in hints.items()
        if not (typing.get_origin(hint) in {typing.Union, types.UnionType} and type(None) in typing.get_args(hint))
    }
    return sorted(always - value.keys())


async def everything(raw: httpx.AsyncClient, standin: Standin) -> list[dict[str, object]]:
    """One of each object and event that the stand-in can make."""
    found = [await post(raw, "/v1/webhook_endpoints", {"url": "http://127.0.0.1:1/", "enabled_events[]": "account.updated"})]
    form = {"amount": "500", "currency": "eur", "automatic_payment_methods[enabled]": "true", "metadata[a]": "b"}
    paid = await post(raw, "/v1/payment_intents", form)
    found.append(await standin.pay(intent=paid["id"]))
    asks = {**form, "payment_method": "pm_card_authenticationRequired", "confirm": "true"}
    found += [
        await post(raw, "/v1/payment_intents", {**asks, "return_url": "http://127.0.0.1/back"}),
        await post(raw, "/v1/payment_intents", asks),
    ]
    declined = await raw.post("/v1/payment_intents", data={**asks, "off_session": "true"})
    found.append(declined.json()["error"]["payment_intent"])
    found.append(await post(raw, f"/v1/payment_intents/{found[2]['id']}/cancel", {"cancellation_reason": "duplicate"}))
    refund = await post(raw, "/v1/refunds", {"payment_intent": paid["id"], "amount": "100", "reason": "duplicate"})
    await standin.fail_refund(refund=refund["id"])
    found += [refund, (await raw.get(f"/v1/refunds/{refund['id']}")).json()]
    found += [(await raw.get(f"/v1/charges/{refund['charge']}")).json()]
    found += (await raw.get("/v1/events", params={"limit": 100})).json()["data"]
    return found


async def post(raw: httpx.AsyncClient, path: str, form: dict[str, str]) -> dict[str, str]:
    answer = await raw.post(path, data=form)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_every_key_it_answers_is_declared_by_the_package(raw: httpx.AsyncClient, standin: Standin):
    said = await everything(raw, standin)
    assert {thing["object"] for thing in said} >= {"payment_intent", "charge", "refund", "event", "webhook_endpoint"}
    problems = [problem for thing in said for problem in undeclared(thing, object, at=str(thing["object"]))]
    told = [event["data"]["object"] for event in said if event["object"] == "event"]
    problems += [problem for thing in told for problem in undeclared(thing, object, at=f"event of {thing['object']}")]
    assert problems == []


async def test_every_key_that_is_always_there_is_there(raw: httpx.AsyncClient, standin: Standin):
    assert {thing["object"]: left_out(thing) for thing in await everything(raw, standin) if left_out(thing)} == {}


async def test_every_event_it_sends_is_of_a_kind_the_package_knows(raw: httpx.AsyncClient, standin: Standin):
    known = set(typing.get_args(hints_of(stripe.Event)["type"]))
    sent = {event["type"] for event in await everything(raw, standin) if event["object"] == "event"}
    assert len(sent) >= 10
    assert sent <= known


@pytest.mark.parametrize("route", [route for route in ROUTES if route.accepts], ids=lambda route: f"{route.method} {route.path}")
def test_every_parameter_it_takes_is_declared_by_the_package(route):
    assert route.accepts <= getattr(stripe.params, route.parameters).__annotations__.keys()


async def test_every_key_of_its_errors_is_declared_by_the_package(raw: httpx.AsyncClient):
    declined = await raw.post(
        "/v1/payment_intents", data={"amount": "500", "currency": "eur", "payment_method": "pm_card_chargeDeclined", "confirm": "true"}
    )
    refused = await raw.get("/v1/payment_intents/pi_nowhere")
    for answer in (declined, refused):
        assert answer.json()["error"].keys() <= hints_of(stripe.ErrorObject).keys()


def test_the_version_we_speak_is_the_one_the_package_was_made_for():
    """When the package is upgraded: read Stripe's changelog, then pin its version."""
    assert API_VERSION == _ApiVersion.CURRENT


def test_the_package_sends_nobody_figures_about_us():
    assert stripe.enable_telemetry is False
