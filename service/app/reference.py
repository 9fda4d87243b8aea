"""`/openapi.json` and `/docs`: the document, and the same as one page without scripts, fonts or anything from elsewhere."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Response, get
from litestar.response import Redirect
from markupsafe import Markup, escape

from service.app.document import document

_PAGE = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined)
_CODE = re.compile(r"`([^`]+)`")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@cache
def _json() -> bytes:
    return msgspec.json.encode(document())


@cache
def _html() -> str:
    told = document()
    groups: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append((method, path, operation))
    return _PAGE.get_template("reference.html").render(
        info=told["info"],
        groups=groups,
        schemas=told["components"]["schemas"],
        problems=told["components"]["examples"],
        pretty=_pretty,
        named=_named,
        said=_said,
    )


def _pretty(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _said(text: str) -> Markup:
    """A text of the document, with what stands in backticks shown as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 — escaped before


def _named(schema: dict[str, Any]) -> Markup:
    """A short name of a schema: its component, linked, or its type with its limits."""
    if "$ref" in schema:
        return Markup('<a href="#record-{0}">{0}</a>').format(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return Markup(" or ").join(_named(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return Markup("list of {}{}").format(_named(schema.get("items", {})), _limits(schema))
    if "enum" in schema:
        return Markup(" · ").join(str(one) for one in schema["enum"])
    return Markup("{}{}").format(schema.get("format") or schema.get("type", "anything"), _limits(schema))


def _limits(schema: dict[str, Any]) -> str:
    least = next((schema[name] for name in ("minimum", "minLength", "minItems") if name in schema), None)
    most = next((schema[name] for name in ("maximum", "maxLength", "maxItems") if name in schema), None)
    return "" if least is None and most is None else f" ({'' if least is None else least}…{'' if most is None else most})"


@get("/openapi.json", include_in_schema=False, opt={"scope": None}, media_type=MediaType.JSON)
async def openapi_route() -> Response[bytes]:
    """The document, as committed in `openapi/openapi.json`."""
    return Response(_json(), media_type=MediaType.JSON, headers={"Cache-Control": "public, max-age=300"})


@get("/docs", include_in_schema=False, opt={"scope": None}, media_type=MediaType.HTML)
async def docs_route() -> Response[str]:
    """The document for people."""
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "public, max-age=300"}
    return Response(_html(), media_type=MediaType.HTML, headers=headers)


@get("/", include_in_schema=False, opt={"scope": None}, status_code=303)
async def front_door_route() -> Redirect:
    """Whoever comes with nothing but the address is shown what there is."""
    return Redirect("/docs", status_code=303)


ROUTES = [front_door_route, openapi_route, docs_route]
