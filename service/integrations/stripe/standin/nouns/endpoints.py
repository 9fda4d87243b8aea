"""Webhook endpoints: where events are sent, and the secret that signs them."""

import secrets
from functools import partial

from service.integrations.stripe import API_VERSION
from service.integrations.stripe.standin.faults import invalid, left_out
from service.integrations.stripe.standin.state import DAY_S, PAGING, Call, Provider, Thing, page

CREATE = frozenset({"api_version", "description", "enabled_events", "metadata", "url"})
UPDATE = frozenset({"description", "disabled", "enabled_events", "metadata", "url"})
LIST = PAGING
ROLLED_SECRET_LIVES_S = DAY_S


def create(call: Call) -> Thing:
    fields = call.fields
    events = fields.texts("enabled_events")
    if not events:
        raise left_out("enabled_events")
    version = fields.text("api_version")
    if version not in {None, API_VERSION}:
        raise invalid(f"Invalid Stripe API version: {version}", param="api_version")
    description = fields.text("description")
    return register(call.provider, url=fields.need_text("url"), events=events, description=description, metadata=fields.metadata())


def register(
    provider: Provider,
    *,
    url: str,
    events: list[str],
    secret: str | None = None,
    description: str | None = None,
    metadata: dict[str, str] | None = None,
) -> Thing:
    """A new endpoint; its secret is told here and never again."""
    _must_be_address(url)
    endpoint: Thing = {
        "id": provider.new_id("we"),
        "object": "webhook_endpoint",
        "api_version": API_VERSION,
        "application": None,
        "created": provider.created(),
        "description": description,
        "enabled_events": events,
        "livemode": False,
        "metadata": metadata or {},
        "status": "enabled",
        "url": url,
    }
    provider.keep(endpoint)
    provider.endpoint_secrets[endpoint["id"]] = [secret or f"whsec_{secrets.token_hex(16)}"]
    return {**endpoint, "secret": provider.endpoint_secrets[endpoint["id"]][0]}


def _must_be_address(url: str) -> None:
    if not url.startswith(("http://", "https://")):
        raise invalid(f"Invalid URL: {url}", code="url_invalid", param="url")


def roll_secret(call: Call, endpoint_id: str, *, expire_old: bool) -> Thing:
    """A new secret; for a day, unless the old one expires at once, every delivery carries both signatures."""
    provider, endpoint = call.provider, retrieve(call, endpoint_id)
    fresh = f"whsec_{secrets.token_hex(16)}"
    former = [] if expire_old else provider.endpoint_secrets[endpoint_id][:1]
    provider.endpoint_secrets[endpoint_id] = [fresh, *former]
    for old in former:
        call.later(ROLLED_SECRET_LIVES_S, partial(_forget_secret, endpoint_id=endpoint_id, old=old))
    return {**endpoint, "secret": fresh}


def _forget_secret(call: Call, *, endpoint_id: str, old: str) -> None:
    live = call.provider.endpoint_secrets[endpoint_id]
    call.provider.endpoint_secrets[endpoint_id] = [secret for secret in live if secret != old]


def retrieve(call: Call, endpoint_id: str) -> Thing:
    return call.provider.find("webhook_endpoint", endpoint_id, param="webhook_endpoint")


def update(call: Call, endpoint_id: str) -> Thing:
    endpoint, fields = retrieve(call, endpoint_id), call.fields
    drafted: Thing = {"metadata": fields.changed_metadata(endpoint)}
    if "url" in fields:
        drafted["url"] = fields.need_text("url")
        _must_be_address(drafted["url"])
    if "enabled_events" in fields:
        drafted["enabled_events"] = fields.texts("enabled_events")
    if "description" in fields:
        drafted["description"] = fields.text("description")
    if "disabled" in fields:
        drafted["status"] = "disabled" if fields.flag("disabled") else "enabled"
    endpoint.update(drafted)
    return endpoint


def delete(call: Call, endpoint_id: str) -> Thing:
    return call.provider.remove(retrieve(call, endpoint_id))


def list_endpoints(call: Call) -> Thing:
    return page(call.provider.all("webhook_endpoint"), call.fields, url="/v1/webhook_endpoints", noun="webhook_endpoint")
