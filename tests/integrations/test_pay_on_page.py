"""The payable page: a person in the demo approves or declines."""

import httpx
import pytest

from service.integrations.stripe.standin import Standin
from tests.integrations.receiver import Receiver


async def intent(raw: httpx.AsyncClient, **form: str) -> dict[str, str]:
    answer = await raw.post("/v1/payment_intents", data={"amount": "123456", "currency": "eur", "description": "Invoice <7>", **form})
    return answer.json()


async def status(raw: httpx.AsyncClient, made: dict[str, str]) -> str:
    return str((await raw.get(f"/v1/payment_intents/{made['id']}")).json()["status"])


async def test_the_page_says_what_for_and_how_much(raw: httpx.AsyncClient):
    page = await raw.get(f"/pay/{(await intent(raw))['client_secret']}")
    assert page.status_code == 200
    assert "Invoice &lt;7&gt;" in page.text
    assert "1,234.56 EUR" in page.text
    assert page.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("currency,said", [("jpy", "123,456 JPY"), ("kwd", "123.456 KWD")])
async def test_amounts_have_the_decimals_of_their_currency(raw: httpx.AsyncClient, currency: str, said: str):
    page = await raw.get(f"/pay/{(await intent(raw, currency=currency))['client_secret']}")
    assert said in page.text


async def test_looking_at_the_page_pays_nothing(raw: httpx.AsyncClient):
    made = await intent(raw)
    await raw.get(f"/pay/{made['client_secret']}")
    assert await status(raw, made) == "requires_payment_method"


async def test_approving_pays_and_is_told(raw: httpx.AsyncClient, standin: Standin, receiver: Receiver):
    await standin.register(url=receiver.url, enabled_events=["payment_intent.succeeded"])
    made = await intent(raw)
    page = await raw.post(f"/pay/{made['client_secret']}", data={"choice": "approve"})
    await standin.settle()

    assert "This payment is succeeded." in page.text
    assert await status(raw, made) == "succeeded"
    assert receiver.kinds == ["payment_intent.succeeded"]


async def test_approving_twice_pays_once(raw: httpx.AsyncClient):
    made = await intent(raw)
    for _ in range(2):
        page = await raw.post(f"/pay/{made['client_secret']}", data={"choice": "approve"})
    assert "status of succeeded" in page.text
    charges = [event for event in (await raw.get("/v1/events")).json()["data"] if event["type"] == "charge.succeeded"]
    assert len(charges) == 1


async def test_declining_leaves_the_payment_open(raw: httpx.AsyncClient):
    made = await intent(raw)
    page = await raw.post(f"/pay/{made['client_secret']}", data={"choice": "decline"})
    assert "Your card was declined." in page.text
    assert await status(raw, made) == "requires_payment_method"


async def test_afterwards_the_browser_goes_back_where_it_came_from(raw: httpx.AsyncClient):
    made = await intent(raw)
    page = await raw.post(f"/pay/{made['client_secret']}?return_url=http%3A%2F%2F127.0.0.1%2Fdone%3Fa%3D1", data={"choice": "approve"})
    assert page.status_code == 303
    assert page.headers["location"].startswith("http://127.0.0.1/done?a=1&payment_intent=pi_")
    assert "redirect_status=succeeded" in page.headers["location"]


async def test_the_browser_is_never_sent_to_a_script(raw: httpx.AsyncClient):
    made = await intent(raw)
    page = await raw.get(f"/pay/{made['client_secret']}?return_url=javascript:alert(1)")
    assert "javascript" not in page.text


async def test_a_guessed_link_shows_nothing(raw: httpx.AsyncClient):
    made = await intent(raw)
    assert (await raw.get(f"/pay/{made['id']}")).status_code == 404
    assert (await raw.post(f"/pay/{made['id']}_secret_", data={"choice": "approve"})).status_code == 404
