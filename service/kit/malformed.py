"""What is wrong with a document, in a sentence that also says what may stand there: msgspec names the place and leaves that out."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import inspect

from service.kit.patterns import LINE, LINES

_PLACE = re.compile(r" - at `\$(?P<path>.*)`$")
_STEP = re.compile(r"\.(?P<field>[A-Za-z_]\w*)|\[(?P<index>\d+)\]|\[\.\.\.\]")
_ENUM, _UNKNOWN = "Invalid enum value", "Object contains unknown field"


def told(error: msgspec.ValidationError, wanted: Any) -> str:
    """The error in a document of the type `wanted`, without a full stop; where a value or a field isn't known, those that are."""
    said = in_words(error)
    if not said.startswith((_ENUM, _UNKNOWN)):
        return said
    place = _PLACE.search(said)
    found = list(_at(inspect.type_info(wanted), place["path"] if place else ""))
    allowed = _values(found) if said.startswith(_ENUM) else _fields(found)
    return f"{said}; one of {', '.join(allowed)}" if allowed else said


def in_words(error: Exception) -> str:
    """What msgspec says of a field, without the patterns that are too long to read."""
    said = str(error)
    for pattern, words in (
        (LINE, "of one line, with something to see and nothing hidden"),
        (LINES, "with something to see and nothing hidden"),
    ):
        said = said.replace(f"matching regex {pattern!r}", words)
    return said


def _at(kind: inspect.Type, path: str) -> Iterator[inspect.Type]:
    """Every type that may stand at the path."""
    if isinstance(kind, inspect.UnionType):
        for one in kind.types:
            yield from _at(one, path)
    elif isinstance(kind, inspect.Metadata):
        yield from _at(kind.type, path)
    elif not path:
        yield kind
    elif step := _STEP.match(path):
        for inner in _inner(kind, step):
            yield from _at(inner, path[step.end() :])


def _inner(kind: inspect.Type, step: re.Match[str]) -> Iterable[inspect.Type]:
    if isinstance(kind, inspect.StructType | inspect.TypedDictType | inspect.DataclassType):
        return [field.type for field in kind.fields if field.encode_name == step["field"]]
    if isinstance(kind, inspect.TupleType):
        return [kind.item_types[int(step["index"])]] if step["index"] else []
    if isinstance(kind, inspect.ListType | inspect.VarTupleType | inspect.SetType | inspect.FrozenSetType):
        return [kind.item_type]
    return [kind.key_type, kind.value_type] if isinstance(kind, inspect.DictType) else []


def _values(kinds: Iterable[inspect.Type]) -> list[str]:
    return [str(value) for kind in kinds if isinstance(kind, inspect.LiteralType) for value in kind.values]


def _fields(kinds: Iterable[inspect.Type]) -> list[str]:
    return [field.encode_name for kind in kinds if isinstance(kind, inspect.StructType) for field in kind.fields]
