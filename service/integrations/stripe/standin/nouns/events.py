"""The list of events: what a webhook missed can be found here for 30 days."""

from service.integrations.stripe.standin.faults import invalid
from service.integrations.stripe.standin.state import DATED, DAY_S, Call, Thing, page

LIST = DATED | {"delivery_success", "type", "types"}
KEPT_S = 30 * DAY_S


def list_events(call: Call) -> Thing:
    fields = call.fields
    one, several = fields.text("type"), fields.texts("types")
    if one is not None and several:
        raise invalid("You may only specify one of these parameters: type, types.", param="type")
    if len(several) > 20:
        raise invalid("At most 20 types.", param="types")
    wanted = {one} if one is not None else set(several)
    delivered = fields.flag("delivery_success") if "delivery_success" in fields else None
    oldest = call.provider.clock.now() - KEPT_S
    found = [
        event
        for event in call.provider.all("event")
        if event["created"] >= oldest
        and (not wanted or _is_wanted(event["type"], wanted))
        and delivered in {None, event["pending_webhooks"] == 0}
    ]
    return page(found, fields, url="/v1/events", noun="event")


def _is_wanted(kind: str, wanted: set[str]) -> bool:
    return kind in wanted or any(one.endswith("*") and kind.startswith(one[:-1]) for one in wanted)


def retrieve(call: Call, event_id: str) -> Thing:
    return call.provider.find("event", event_id)
