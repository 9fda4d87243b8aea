"""What the `stripe` package declares of Stripe's objects, and how an answer departs from it."""

import ast
import functools
import importlib
import inspect
import sys
import types
import typing
from typing import Any

import stripe
from stripe._object_classes import OBJECT_CLASSES

OPEN = {"metadata", "previous_attributes"}
"""Objects whose keys are free."""


@functools.cache
def _imported_for_checkers(module: str) -> dict[str, object]:
    """Names that a module of the package imports only while types are checked."""
    found: dict[str, object] = {}
    for node in ast.walk(ast.parse(inspect.getsource(sys.modules[module]))):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            for each in node.body:
                if isinstance(each, ast.ImportFrom) and each.module is not None:
                    source = importlib.import_module(each.module)
                    found |= {name.asname or name.name: getattr(source, name.name) for name in each.names}
    return found


@functools.cache
def hints_of(declared: type) -> dict[str, Any]:
    """Declared keys and their types."""
    hints = typing.get_type_hints(declared, localns=_imported_for_checkers(declared.__module__))
    return {name: hint for name, hint in hints.items() if not name.startswith("_") and name != "OBJECT_NAME"}


def _parts(annotation: Any) -> tuple[Any, ...]:
    is_union = typing.get_origin(annotation) in {typing.Union, types.UnionType}
    return typing.get_args(annotation) if is_union else (annotation,)


def _class_of(value: dict[str, Any], parts: tuple[Any, ...]) -> type | None:
    """The class that this object is of: by its own word, or the only one that stands there."""
    noun = value.get("object")
    if isinstance(noun, str) and noun in OBJECT_CLASSES:
        module, name = OBJECT_CLASSES[noun]
        return getattr(importlib.import_module(module), name)
    classes = [part for part in parts if isinstance(part, type) and issubclass(part, stripe.StripeObject)]
    return classes[0] if len(classes) == 1 else None


def departures(value: Any, annotation: Any, *, at: str) -> list[str]:
    """Where the value isn't as declared: unknown keys, keys left out, values of another type or outside their choice."""
    parts = _parts(annotation)
    if value is None:
        return [] if type(None) in parts or annotation is Any else [f"{at} is null"]
    if isinstance(value, list):
        items = [typing.get_args(part)[0] for part in parts if typing.get_origin(part) is list]
        return [found for item in value for found in departures(item, items[0], at=f"{at}[]")] if items else [f"{at} is a list"]
    if isinstance(value, dict):
        return _departures_inside(value, parts, at=at)
    return [] if any(_allows(part, value) for part in parts) else [f"{at} is {value!r}, not {annotation}"]


def _allows(part: Any, value: object) -> bool:
    if part is Any:
        return True
    if typing.get_origin(part) is typing.Literal:
        return value in typing.get_args(part)
    return part is type(value) or (part is float and type(value) is int)


def _departures_inside(value: dict[str, Any], parts: tuple[Any, ...], *, at: str) -> list[str]:
    if value.get("object") == "list":
        return [found for item in value["data"] for found in departures(item, stripe.StripeObject, at=f"{at}.data[]")]
    declared = _class_of(value, parts)
    if declared is None or declared is stripe.StripeObject:
        return [] if any("UntypedStripeObject" in str(part) for part in parts) else [f"{at} is an object that isn't declared"]
    hints = hints_of(declared)
    found = [f"{at}.{key} is undeclared" for key in value if key not in hints]
    left_out = [key for key, hint in hints.items() if type(None) not in _parts(hint) and key not in value]
    found += [] if value.get("deleted") else [f"{at}.{key} is left out" for key in left_out]
    for key, inside in value.items():
        if key in hints and key not in OPEN:
            found += departures(inside, hints[key], at=f"{at}.{key}")
    return found
