"""Stripe's parameters: form-encoded, nested by brackets, read strictly."""

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qsl

from service.integrations.stripe.standin.faults import invalid

PAIRS_LIMIT = 1000
DEPTH_LIMIT = 6
METADATA_KEYS_LIMIT, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_INTEGER = re.compile(r"-?[0-9]{1,18}")


def decode(encoded: str) -> dict[str, Any]:
    """`metadata[job]=7` as `{"metadata": {"job": "7"}}`; list items sit under their index."""
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=PAIRS_LIMIT)
    except ValueError as error:
        raise invalid("The parameters can't be read as a form.") from error
    values: dict[str, Any] = {}
    for name, value in pairs:
        _place(values, name, value)
    return values


def _place(values: dict[str, Any], name: str, value: str) -> None:
    parts = _NAME.fullmatch(name)
    if parts is None:
        raise invalid(f"Invalid parameter name: {name}", param=name)
    keys = [parts[1], *re.findall(r"\[([^\[\]]*)\]", parts[2])]
    if len(keys) > DEPTH_LIMIT:
        raise invalid(f"Too deeply nested: {name}", param=name)
    inside = values
    for key in keys[:-1]:
        inside = inside.setdefault(key, {})
        if not isinstance(inside, dict):
            raise invalid(f"Conflicting values: {name}", param=name)
    inside[keys[-1] or str(len(inside))] = value


class Fields:
    """The parameters of one call. What the call doesn't accept is refused as Stripe refuses it."""

    def __init__(self, values: dict[str, Any], *, accepts: Collection[str]) -> None:
        self._values = values
        for name in values:
            if name not in accepts:
                raise invalid(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, *, longest: int = 5000) -> str | None:
        value = self._values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise invalid(f"Invalid string: {name}", param=name)
        if len(value) > longest:
            raise invalid(f"Invalid string: {name} must be at most {longest} characters", param=name)
        return value

    def need_text(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise invalid(f"Missing required param: {name}.", code="parameter_missing", param=name)
        return value

    def integer(self, name: str, *, least: int, most: int) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if _INTEGER.fullmatch(value) is None:
            raise invalid(f"Invalid integer: {value}", code="parameter_invalid_integer", param=name)
        if not least <= int(value) <= most:
            raise invalid(f"This value must be between {least} and {most}.", code="parameter_invalid_integer", param=name)
        return int(value)

    def need_integer(self, name: str, *, least: int, most: int) -> int:
        value = self.integer(name, least=least, most=most)
        if value is None:
            raise invalid(f"Missing required param: {name}.", code="parameter_missing", param=name)
        return value

    def flag(self, name: str) -> bool:
        value = self.text(name)
        if value not in {None, "true", "false"}:
            raise invalid(f"Invalid boolean: {value}", param=name)
        return value == "true"

    def choice(self, name: str, among: Collection[str]) -> str | None:
        value = self.text(name)
        if value is not None and value not in among:
            raise invalid(f"Invalid {name}: must be one of {', '.join(among)}", param=name)
        return value

    def texts(self, name: str) -> list[str]:
        value = self._values.get(name) or {}
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise invalid("Invalid array", param=name)
        return list(value.values())

    def nested(self, name: str, *, accepts: Collection[str]) -> "Fields | None":
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise invalid("Invalid object", param=name)
        unknown = [key for key in value if key not in accepts]
        if unknown:
            raise invalid(f"Received unknown parameter: {name}[{unknown[0]}]", code="parameter_unknown", param=f"{name}[{unknown[0]}]")
        return Fields(value, accepts=accepts)

    def metadata(self) -> dict[str, str]:
        value = self._values.get("metadata") or {}
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise invalid("Metadata must be a hash of strings", param="metadata")
        if len(value) > METADATA_KEYS_LIMIT:
            raise invalid(f"Metadata has more than {METADATA_KEYS_LIMIT} keys", param="metadata")
        for key, item in value.items():
            if len(key) > METADATA_KEY_LENGTH or len(item) > METADATA_VALUE_LENGTH:
                raise invalid("Metadata keys have at most 40 and values at most 500 characters", param=f"metadata[{key}]")
        return dict(value)
