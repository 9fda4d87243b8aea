"""Expansion: an id in an answer replaced by its object, where `expand[]` asks for it."""

from typing import Any

from service.integrations.stripe.standin.faults import invalid
from service.integrations.stripe.standin.state import Provider

DEEPEST = 4


def expanded(provider: Provider, answer: Any, paths: list[str]) -> Any:
    """A copy of the answer with the objects along each path put in; a path that leads to no id is refused."""
    for path in paths:
        parts = path.split(".")
        if len(parts) > DEEPEST + (parts[0] == "data"):
            raise invalid("You cannot expand more than 4 levels of a property.", param="expand")
        answer = _along(provider, answer, parts, path)
    return answer


def _along(provider: Provider, value: Any, parts: list[str], path: str) -> Any:
    if isinstance(value, list):
        return [_along(provider, item, parts, path) for item in value]
    if not isinstance(value, dict) or not parts:
        return value
    name, rest = parts[0], parts[1:]
    if name not in value:
        if value.get("object") == "checkout.session" and name == "line_items" and not rest:
            listed = provider.session_items[value["id"]]
            url = f"/v1/checkout/sessions/{value['id']}/line_items"
            return {**value, name: {"object": "list", "data": listed, "has_more": False, "url": url}}
        if value.get("object") == "charge" and name == "refunds":
            found = [one for one in reversed(provider.all("refund")) if one["charge"] == value["id"]]
            return {**value, name: {"object": "list", "data": found, "has_more": False, "url": f"/v1/charges/{value['id']}/refunds"}}
        raise invalid(f"This property cannot be expanded ({path}).", param="expand")
    inside = value[name]
    if isinstance(inside, str):
        thing = provider.anything(inside)
        if thing is None:
            raise invalid(f"This property cannot be expanded ({path}).", param="expand")
        inside = thing
    elif inside is not None and not isinstance(inside, dict | list):
        raise invalid(f"This property cannot be expanded ({path}).", param="expand")
    return {**value, name: _along(provider, inside, rest, path)}
