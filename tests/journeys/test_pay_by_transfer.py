"""From the reference on the invoice to the bank's line that pays it: a suspended service comes back by an import."""

from service.cli.demo.stories.cast import Cast
from service.cli.demo.stories.transferred import UNKNOWN_MINOR, paid_by_transfer
from service.cli.demo.teller import Teller

MUST = {
    "the subscription is suspended as unpaid",
    "the invoice bears an ISO 11649 reference",
    "every line of the statement arrives",
    "subscription_paid_through is heard",
    "provisioning_confirmed is heard",
    "the transfer alone brought the service back",
    "a file that came before is known",
    "the fee is explained",
    "every currency sums to zero",
}


async def test_importing_the_banks_statement_brings_the_service_back_however_often_it_is_told(cast: Cast) -> None:
    for _ in range(2):
        story = Teller("Paid by transfer")
        await paid_by_transfer(story, cast)
        claims = {claim: held for step in story.steps for claim, held in step.claims.items()}
        assert [claim for claim, held in claims.items() if not held] == []
        assert claims.keys() >= MUST
    waiting = (await cast.office.send("GET", "/v1/bank/lines?state=waiting")).json()["items"]
    assert [line["amount_minor"] for line in waiting] == [UNKNOWN_MINOR]
