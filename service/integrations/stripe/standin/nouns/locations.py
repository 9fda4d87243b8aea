"""Locations: where readers stand; and the tokens by which an app's own reader connects."""

import secrets

from service.integrations.stripe.standin.faults import left_out
from service.integrations.stripe.standin.nouns.addresses import address_of
from service.integrations.stripe.standin.state import PAGING, Call, Thing, page

CREATE = frozenset({"address", "display_name", "metadata", "phone"})
UPDATE = CREATE
LIST = PAGING
TOKEN = frozenset({"location"})


def create(call: Call) -> Thing:
    fields = call.fields
    address = address_of(fields)
    if address["country"] is None:
        raise left_out("address[country]")
    return call.provider.keep(
        {
            "id": call.provider.new_id("tml"),
            "object": "terminal.location",
            "address": address,
            "display_name": fields.need_text("display_name"),
            "livemode": False,
            "metadata": fields.metadata(),
            "phone": fields.text("phone"),
        }
    )


def retrieve(call: Call, location_id: str) -> Thing:
    return call.provider.find("terminal.location", location_id, param="location")


def update(call: Call, location_id: str) -> Thing:
    location, fields = retrieve(call, location_id), call.fields
    drafted: Thing = {"metadata": fields.changed_metadata(location)}
    if "address" in fields:
        drafted["address"] = address_of(fields)
    if "display_name" in fields:
        drafted["display_name"] = fields.need_text("display_name")
    if "phone" in fields:
        drafted["phone"] = fields.text("phone")
    location.update(drafted)
    return location


def delete(call: Call, location_id: str) -> Thing:
    return call.provider.remove(retrieve(call, location_id))


def list_locations(call: Call) -> Thing:
    return page(call.provider.all("terminal.location"), call.fields, url="/v1/terminal/locations", noun="terminal.location")


def connection_token(call: Call) -> Thing:
    location = call.fields.text("location")
    if location is not None:
        retrieve(call, location)
    told: Thing = {} if location is None else {"location": location}
    return {"object": "terminal.connection_token", "secret": f"pst_test_{secrets.token_urlsafe(24)}", **told}
