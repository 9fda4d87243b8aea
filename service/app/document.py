"""The OpenAPI document, made from the routes, their records and their refusals alone; `python -m service.app` writes it.

Schemas are msgspec's own, so that the limits in the document are the limits that bind: Litestar's generator loses those inside
unions and lists, and declares answers of its own that this service never gives.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
from litestar import Litestar
from litestar.di import Provide
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler
from litestar.params import HeaderParameter, PathParameter, QueryParameter
from litestar.response import Stream
from litestar.routes import HTTPRoute

from service.app import refusals_page
from service.app.answers import HEADERS, answers_of, examples_of
from service.app.health import live_route, ready_route
from service.app.questions import bare
from service.app.rooms import ROUTES
from service.kit.http import QUERY_TEXT_LENGTH, call_of
from service.kit.patterns import DEMANDED, told
from service.kit.problems import Problem
from service.kit.requests import StrictRequest

FOLDER: Final = Path(__file__).parents[2] / "openapi"
_REF: Final = "#/components/schemas/{name}"
API: Final = ("/v1/", "/health/", "/.well-known/")
"""Where programs ask; pages for people stand elsewhere."""
Schema = dict[str, Any]

INFO: Final = {
    "title": "Sayso",
    "version": "1",
    "summary": "Dispatch and billing: nothing is done, billed or switched off without the customer's say-so.",
    "description": (
        "Money is `{amount, currency}` in minor units of ISO 4217; instants are RFC 3339 with an offset; ids are UUIDs and may be the caller's own, of any version: ours are version 7, and lists go by their ids, so that only ids of version 7 are listed in the order in which things were made."
        " Every refusal is an RFC 9457 problem with a stable `code` and a `remedy`; `problems.md` lists them by operation in the order in which they are checked."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}


class Operation(NamedTuple):
    """One method of one address."""

    path: str
    method: str
    handler: HTTPRouteHandler
    hints: dict[str, Any]

    @property
    def id(self) -> str:
        """Its name, the same as its rule's."""
        return str(self.handler.operation_id)

    @property
    def body(self) -> Any:
        """The type of its body, None where it takes none."""
        return self.hints.get("data")

    @property
    def answer(self) -> Any:
        """What it answers when it succeeds: a record's type, or Stream or bytes."""
        answer = self.hints["return"]
        return get_args(answer)[0] if get_args(answer) and not _is_generic_record(answer) else answer


def operations() -> Iterator[Operation]:
    """Every operation that the document tells of, by path and method."""
    app = Litestar(
        route_handlers=[*ROUTES, live_route, ready_route],
        request_class=StrictRequest,
        dependencies={"call": Provide(call_of)},
        openapi_config=None,
        logging_config=None,
    )
    of_api = (route for route in app.routes if isinstance(route, HTTPRoute) and route.path.startswith(API))
    routes = sorted(of_api, key=lambda route: route.path_format)
    for route in routes:
        for handler in sorted(route.route_handlers, key=lambda one: sorted(one.http_methods)):
            if handler.include_in_schema is not False:
                for method in sorted(handler.http_methods - {HttpMethod.OPTIONS, HttpMethod.HEAD}):
                    yield Operation(route.path_format, str(method).lower(), handler, get_type_hints(handler.fn, include_extras=True))


def document() -> dict[str, Any]:
    """The whole document."""
    every = list(operations())
    types = [Problem, *(one.body for one in every if one.body is not None), *(one.answer for one in every if _is_record(one.answer))]
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    of_type = dict(zip(map(_key, types), schemas, strict=True))
    recorded = examples()
    paths: dict[str, dict[str, Any]] = {}
    for one in every:
        paths.setdefault(one.path, {})[one.method] = _operation(one, of_type, recorded.get(one.id))
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [{"url": "/", "description": "Where this document came from."}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": {name: _demanded(_instants(told(schema))) for name, schema in sorted(components.items())},
            "headers": HEADERS,
            "examples": examples_of(refusal for one in every for refusal in one.handler.opt.get("refusals", ())),
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A staff token from `/v1/sign-in`, an API key, or a customer's link.",
                }
            },
        },
    }


def examples() -> dict[str, Any]:
    """Exchanges that tests really had, by operation (`tests/examples.py` records them)."""
    file = FOLDER / "examples.json"
    recorded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return recorded


def _operation(one: Operation, of_type: dict[Any, Schema], example: Any) -> dict[str, Any]:
    handler = one.handler
    scope = handler.opt.get("scope")
    told: dict[str, Any] = {
        "operationId": one.id,
        "tags": [handler.fn.__module__.split(".")[1]],
        "summary": handler.summary or one.id,
        "description": handler.description or handler.summary or one.id,
        "parameters": [*_path_parameters(one), *_other_parameters(one), *_declared_headers(handler)],
        "responses": answers_of(
            handler,
            schema=of_type.get(_key(one.answer)),
            problem=of_type[_key(Problem)],
            paged=_is_page(one.answer),
            versioned=_has_version(one.answer),
            example=example,
        ),
    }
    if scope is None:
        told["security"] = []
    else:
        told["x-scope"] = scope
    if handler.opt.get("takes"):
        files = {
            kind: {"schema": {"type": "string", "contentMediaType": kind, "maxLength": handler.opt["most_bytes"]}}
            for kind in handler.opt["takes"]
        }
        told["requestBody"] = {"required": True, "content": files}
    if one.body is not None:
        content: dict[str, Any] = {"schema": of_type[_key(one.body)]}
        if example is not None and example["request"].get("body") is not None:
            content["example"] = example["request"]["body"]
        told["requestBody"] = {"required": True, "content": {"application/json": content}}
    return told


def _path_parameters(one: Operation) -> Iterator[dict[str, Any]]:
    for name in _names_in(one.path):
        yield {"name": name, "in": "path", "required": True, "schema": _schema(bare(one.hints.get(name, UUID)))}


def _names_in(path: str) -> list[str]:
    return [part.partition("}")[0] for part in path.split("{")[1:]]


def _other_parameters(one: Operation) -> Iterator[dict[str, Any]]:
    defaults = {name: parameter.default for name, parameter in one.handler.parsed_fn_signature.parameters.items()}
    for name, hint in one.hints.items():
        marks = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, QueryParameter | HeaderParameter)]
        if not marks or isinstance(marks[0], PathParameter):
            continue
        mark = marks[0]
        place = "header" if isinstance(mark, HeaderParameter) else "query"
        default = defaults[name]
        schema = _limited(_schema(bare(hint)), mark)
        if isinstance(default, str | int):
            schema = {**schema, "default": default}
        told = {
            "name": mark.name or mark.query or mark.header or name,
            "in": place,
            "required": not _has_default(default),
            "schema": schema,
        }
        yield told | ({"description": mark.description} if mark.description else {})


def _has_default(default: Any) -> bool:
    return type(default).__name__ != "_EmptyEnum"


def _limited(schema: Schema, mark: Any) -> Schema:
    """The parameter's schema without null (a parameter is there or isn't), with the limits of its mark and of all addresses."""
    if "anyOf" in schema:
        kept = [one for one in schema["anyOf"] if one != {"type": "null"}]
        schema = {**{key: value for key, value in schema.items() if key != "anyOf"}, **(kept[0] if len(kept) == 1 else {"anyOf": kept})}
    for ours, theirs in (
        ("ge", "minimum"),
        ("le", "maximum"),
        ("max_length", "maxLength"),
        ("min_length", "minLength"),
        ("pattern", "pattern"),
    ):
        value = getattr(mark, ours)
        if value is not None:
            schema = {**schema, theirs: value}
    if schema.get("type") == "string" and not schema.keys() & {"maxLength", "format", "enum"}:
        schema = {**schema, "maxLength": QUERY_TEXT_LENGTH}
    return schema


def _declared_headers(handler: HTTPRouteHandler) -> Iterator[dict[str, Any]]:
    for parameter in handler.opt.get("headers", ()):
        required = (parameter.name == "Idempotency-Key" and handler.opt.get("idempotency_required", False)) or parameter.name == "If-Match"
        schema = parameter.schema.to_schema()
        yield {"name": parameter.name, "in": "header", "required": required, "description": parameter.description, "schema": schema}


def _schema(annotation: Any) -> Schema:
    schema: Schema = told(msgspec.json.schema_components([annotation], ref_template=_REF)[0][0])
    return schema


def _key(annotation: Any) -> str:
    return str(bare(annotation))


def _is_generic_record(annotation: Any) -> bool:
    origin = get_origin(annotation)
    return isinstance(origin, type) and issubclass(origin, msgspec.Struct)


def _is_record(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Stream | bytes | str):
        return False
    return annotation is not None and annotation is not type(None)


def _is_page(annotation: Any) -> bool:
    return _is_generic_record(annotation) and "next" in get_origin(annotation).__struct_fields__


def _has_version(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, msgspec.Struct) and "version" in annotation.__struct_fields__


def _instants(schema: Any) -> Any:
    """Msgspec names no format for an answer's instants; ours end in `_at` and are RFC 3339."""
    for name, field in schema.get("properties", {}).items():
        for one in (field, *field.get("anyOf", ()), field.get("items", {})):
            if name.endswith("_at") and one.get("type") == "string":
                one.setdefault("format", "date-time")
            elif name.startswith("local_") and one.get("type") == "string":
                one.setdefault("pattern", r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$")
    return schema


def _demanded(schema: Any) -> Any:
    """A field without which a rule refuses in words of its own is one that has to be sent."""
    for name, field in schema.get("properties", {}).items():
        if field.pop(DEMANDED, False):
            del field["default"]
            field.update(*(one for one in field.pop("anyOf") if one != {"type": "null"}))
            schema["required"].append(name)
    return schema


def texts() -> dict[str, str]:
    """What is generated, by file name."""
    return {
        "openapi.json": json.dumps(document(), indent=1, ensure_ascii=False) + "\n",
        "problems.md": refusals_page.text(
            [(one.method.upper(), one.path, one.id, one.handler.opt.get("refusals", ())) for one in operations()]
        ),
    }
