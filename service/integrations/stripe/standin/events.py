"""The list of events: what a webhook missed can be found here for 30 days."""

from service.integrations.stripe.standin.faults import invalid, missing
from service.integrations.stripe.standin.state import PAGING, Call, Thing, page

LIST = PAGING | {"type", "types"}
KEPT_S = 30 * 24 * 3600


def list_events(call: Call) -> Thing:
    one, several = call.fields.text("type"), call.fields.texts("types")
    if one is not None and several:
        raise invalid("You may only specify one of these parameters: type, types.", param="type")
    wanted = {one} if one is not None else set(several)
    oldest = call.provider.clock.now() - KEPT_S
    found = [event for event in call.provider.events.values() if event["created"] >= oldest and (not wanted or event["type"] in wanted)]
    return page(found, call.fields, url="/v1/events", noun="event")


def retrieve(call: Call, event_id: str) -> Thing:
    if event_id not in call.provider.events:
        raise missing("event", event_id)
    return call.provider.events[event_id]
