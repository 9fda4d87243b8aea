"""Webhook endpoints: where events are sent, and the secret that signs them."""

import secrets

from service.integrations.stripe import API_VERSION
from service.integrations.stripe.standin.faults import StripeFault, invalid, missing
from service.integrations.stripe.standin.state import PAGING, Call, Provider, Thing, page

CREATE = frozenset({"api_version", "description", "enabled_events", "metadata", "url"})
LIST = PAGING - {"created"}


def create(call: Call) -> Thing:
    fields = call.fields
    events = fields.texts("enabled_events")
    if not events:
        raise invalid("Missing required param: enabled_events.", code="parameter_missing", param="enabled_events")
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
    if not url.startswith(("http://", "https://")):
        raise invalid(f"Invalid URL: {url}", code="url_invalid", param="url")
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
    provider.endpoints[endpoint["id"]] = endpoint
    provider.endpoint_secrets[endpoint["id"]] = [secret or f"whsec_{secrets.token_hex(16)}"]
    return {**endpoint, "secret": provider.endpoint_secrets[endpoint["id"]][0]}


def roll_secret(provider: Provider, endpoint_id: str, *, expire_old: bool) -> Thing:
    """A new secret; until the old one expires every delivery carries both signatures."""
    if endpoint_id not in provider.endpoints:
        raise missing("webhook_endpoint", endpoint_id)
    fresh = f"whsec_{secrets.token_hex(16)}"
    former = [] if expire_old else provider.endpoint_secrets[endpoint_id][:1]
    provider.endpoint_secrets[endpoint_id] = [fresh, *former]
    return {**provider.endpoints[endpoint_id], "secret": fresh}


def retrieve(call: Call, endpoint_id: str) -> Thing:
    if endpoint_id not in call.provider.endpoints:
        raise StripeFault(404, f"No such webhook endpoint: '{endpoint_id}'", code="resource_missing", param="webhook_endpoint", kept=False)
    return call.provider.endpoints[endpoint_id]


def delete(call: Call, endpoint_id: str) -> Thing:
    retrieve(call, endpoint_id)
    del call.provider.endpoints[endpoint_id]
    return {"id": endpoint_id, "object": "webhook_endpoint", "deleted": True}


def list_endpoints(call: Call) -> Thing:
    return page(call.provider.endpoints.values(), call.fields, url="/v1/webhook_endpoints", noun="webhook_endpoint")
