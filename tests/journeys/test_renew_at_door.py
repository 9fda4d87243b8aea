"""Story 1, from the first call to the last event: a subscription lapses, the agent takes the money, nobody calls."""

from service.cli.demo.house import House
from service.cli.demo.stories.cast import Cast
from service.cli.demo.stories.renewed import renewed_at_the_door
from service.cli.demo.teller import Teller

MUST = {
    "the lapsed customer is on the call list",
    "there is a real free slot",
    "the arrival window is promised",
    "one answer holds the receipt",
    "the invoice is paid",
    "the service is active again",
    "the renewal call is withdrawn",
    "the agent holds the cash",
    "every currency sums to zero",
    "payment and service changed in one transaction",
    "provisioning_confirmed is heard",
    "payment and renewal are on the timeline",
    "the call list doesn't show them",
    "logging a call is refused with what happened",
}


async def test_a_lapsed_subscription_is_renewed_at_the_door_and_nobody_calls(cast: Cast, house: House) -> None:
    before = len(house.network.orders)
    story = Teller("Renewed at the door")
    await renewed_at_the_door(story, cast)
    claims = {claim: held for step in story.steps for claim, held in step.claims.items()}
    assert [claim for claim, held in claims.items() if not held] == []
    assert claims.keys() >= MUST
    assert len(house.network.orders) > before


async def test_it_can_be_told_again_and_adds_no_customer_and_no_service_that_runs_on(cast: Cast) -> None:
    for _ in range(2):
        story = Teller("Renewed at the door")
        await renewed_at_the_door(story, cast)
        assert all(step.held for step in story.steps)
    [jale] = (await cast.office.send("GET", "/v1/customers?name=Jale")).json()["items"]
    running = (await cast.office.send("GET", f"/v1/subscriptions?customer_id={jale['id']}&state=active")).json()["items"]
    assert len(running) == 1
