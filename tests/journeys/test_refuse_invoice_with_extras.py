"""Story 3, from the first call to the last event: what wasn't agreed isn't billed, and the attempt stays on record."""

from service.cli.demo.stories.cast import Cast
from service.cli.demo.stories.extras import invoice_with_extras
from service.cli.demo.teller import Teller

MUST = {
    "opening the link never acts",
    "each item was answered by itself",
    "the start of unauthorised work is refused",
    "authorised work starts",
    "half an hour more is refused",
    "the declined pads are refused",
    "the photo is sealed with the offer",
    "asking promises a reply",
    "whoever asked reads the reply",
    "shop supplies 3 % is refused",
    "the agreed oil isn't",
    "each refused line says why, and what would make it acceptable",
    "the refused attempt stays on record",
    "the agreed invoice posts",
    "the provider is asked for exactly what is open",
    "payment_recorded is heard",
    "the card payment paid the invoice",
}


async def test_an_invoice_with_extras_is_refused_line_by_line_and_the_agreed_one_is_paid_by_card(cast: Cast) -> None:
    story = Teller("The invoice with extras")
    await invoice_with_extras(story, cast)
    claims = {claim: held for step in story.steps for claim, held in step.claims.items()}
    assert [claim for claim, held in claims.items() if not held] == []
    assert claims.keys() >= MUST
    again = Teller("The invoice with extras")
    await invoice_with_extras(again, cast)
    assert all(step.held for step in again.steps)
    assert len((await cast.office.send("GET", "/v1/customers?name=Marek")).json()["items"]) == 1
    await cast.stripe.settle(within_s=60)
    assert {one["last_status"] for one in await cast.stripe.deliveries()} == {200}
