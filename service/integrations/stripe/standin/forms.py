"""Stripe's parameters: form-encoded, nested by brackets, read strictly."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from service.integrations.stripe.standin.faults import invalid, left_out

PAIRS_LIMIT = 1000
DEPTH_LIMIT = 6
METADATA_KEYS_LIMIT, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500


@dataclass(frozen=True)
class Upload:
    """A file that came with the form."""

    filename: str
    content_type: str
    content: bytes


_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_PARAMETER = re.compile(r';\s*([A-Za-z*]+)=(?:"([^"]*)"|([^;\s]*))')
_INTEGER = re.compile(r"-?[0-9]{1,18}")


def decode(encoded: str) -> dict[str, Any]:
    """`metadata[job]=7` as `{"metadata": {"job": "7"}}`; list items sit under their index."""
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=PAIRS_LIMIT)
    except ValueError as error:
        raise invalid("The parameters can't be read as a form.") from error
    return _placed(pairs)


def decode_multipart(body: bytes, content_type: str) -> dict[str, Any]:
    """The same for a form with files in it."""
    boundary = _told(content_type).get("boundary", "")
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode("latin-1"))
    if not boundary or len(pieces) < 2 or not pieces[-1].startswith(b"--") or len(pieces) > PAIRS_LIMIT:
        raise invalid("The parameters can't be read as a form.")
    pairs: list[tuple[str, str | Upload]] = []
    for piece in pieces[1:-1]:
        head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        lines = [line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")]
        headers = {name.lower(): value.strip() for name, _, value in lines}
        stated = _told(headers.get("content-disposition", ""))
        if "filename" in stated:
            pairs.append(
                (stated.get("name", ""), Upload(stated["filename"], headers.get("content-type", "application/octet-stream"), content))
            )
        else:
            pairs.append((stated.get("name", ""), content.decode("utf-8", "replace")))
    return _placed(pairs)


def _told(header: str) -> dict[str, str]:
    """The parameters of a header: `form-data; name="file"`."""
    return {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(header)}


def _placed(pairs: Iterable[tuple[str, str | Upload]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        _place(values, name, value)
    return values


def _place(values: dict[str, Any], name: str, value: str | Upload) -> None:
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

    def __init__(self, values: dict[str, Any], *, accepts: Collection[str], within: str = "") -> None:
        self._values = values
        self._within = within
        for name in values:
            if name not in accepts:
                raise invalid(f"Received unknown parameter: {self._named(name)}", code="parameter_unknown", param=self._named(name))

    def _named(self, name: str) -> str:
        return f"{self._within}[{name}]" if self._within else name

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def is_text(self, name: str) -> bool:
        return isinstance(self._values.get(name), str)

    def text(self, name: str, *, longest: int = 5000) -> str | None:
        """The text, or nothing where it is left out or emptied: an empty text unsets, as with Stripe."""
        value = self._values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise invalid(f"Invalid string: {self._named(name)}", param=self._named(name))
        if len(value) > longest:
            raise invalid(f"Invalid string: {self._named(name)} must be at most {longest} characters", param=self._named(name))
        return value

    def need_text(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise left_out(self._named(name))
        return value

    def integer(self, name: str, *, least: int, most: int) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if _INTEGER.fullmatch(value) is None:
            raise invalid(f"Invalid integer: {value}", code="parameter_invalid_integer", param=self._named(name))
        if not least <= int(value) <= most:
            raise invalid(f"This value must be between {least} and {most}.", code="parameter_invalid_integer", param=self._named(name))
        return int(value)

    def need_integer(self, name: str, *, least: int, most: int) -> int:
        value = self.integer(name, least=least, most=most)
        if value is None:
            raise left_out(self._named(name))
        return value

    def flag(self, name: str) -> bool:
        value = self.text(name)
        if value not in {None, "true", "false"}:
            raise invalid(f"Invalid boolean: {value}", param=self._named(name))
        return value == "true"

    def choice(self, name: str, among: Collection[str]) -> str | None:
        value = self.text(name)
        if value is not None and value not in among:
            raise invalid(f"Invalid {self._named(name)}: must be one of {', '.join(among)}", param=self._named(name))
        return value

    def need_choice(self, name: str, among: Collection[str]) -> str:
        self.need_text(name)
        return str(self.choice(name, among))

    def texts(self, name: str) -> list[str]:
        value = self._values.get(name) or {}
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise invalid("Invalid array", param=self._named(name))
        return list(value.values())

    def nested(self, name: str, *, accepts: Collection[str]) -> "Fields | None":
        value = self._values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise invalid("Invalid object", param=self._named(name))
        return Fields(value, accepts=accepts, within=self._named(name))

    def need_nested(self, name: str, *, accepts: Collection[str]) -> "Fields":
        inside = self.nested(name, accepts=accepts)
        if inside is None:
            raise left_out(self._named(name))
        return inside

    def each(self, name: str, *, accepts: Collection[str]) -> "list[Fields]":
        """The items of a list of objects."""
        value = self._values.get(name) or {}
        if not isinstance(value, dict) or not all(isinstance(item, dict) for item in value.values()):
            raise invalid("Invalid array", param=self._named(name))
        return [Fields(item, accepts=accepts, within=f"{self._named(name)}[{place}]") for place, item in value.items()]

    def upload(self, name: str) -> Upload:
        value = self._values.get(name)
        if not isinstance(value, Upload):
            raise invalid("Invalid hash: the file must be uploaded as multipart/form-data.", param=self._named(name))
        return value

    def metadata(self) -> dict[str, str]:
        value = self._values.get("metadata") or {}
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise invalid("Metadata must be a hash of strings", param=self._named("metadata"))
        if len(value) > METADATA_KEYS_LIMIT:
            raise invalid(f"Metadata has more than {METADATA_KEYS_LIMIT} keys", param=self._named("metadata"))
        for key, item in value.items():
            if len(key) > METADATA_KEY_LENGTH or len(item) > METADATA_VALUE_LENGTH:
                raise invalid("Metadata keys have at most 40 and values at most 500 characters", param=f"{self._named('metadata')}[{key}]")
        return dict(value)

    def changed_metadata(self, thing: dict[str, Any]) -> dict[str, str]:
        """The thing's metadata with the keys told, without those told empty, and without any where the whole is emptied."""
        if self._values.get("metadata") == "":
            return {}
        merged = {**thing["metadata"], **self.metadata()}
        return {key: value for key, value in merged.items() if value != ""}
