"""Questions are read as strictly as bodies: Litestar drops msgspec's limits from parameters, and reads `1e2` as a number."""

import re
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.params import QueryParameter

from service.kit import malformed
from service.kit.http import QUERY_TEXT_LENGTH
from service.kit.refusals import InvalidDocument

_WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)


def check_query(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A question names each parameter once, by a name that its address knows, within its limits, and lacks none. Raises InvalidDocument.

    A mistyped filter must not answer everything.
    """
    if not connection.scope["path"].startswith("/v1/"):
        return
    known = parameters(handler)
    seen: set[str] = set()
    for name, text in connection.query_params.multi_items():
        if name not in known:
            raise InvalidDocument(f"This address knows no parameter `{name[:60]}`.")
        if name in seen:
            raise InvalidDocument(f"`{name}` is named twice.")
        seen.add(name)
        if len(text) > QUERY_TEXT_LENGTH or "\0" in text:
            raise InvalidDocument(f"`{name}` is longer than {QUERY_TEXT_LENGTH} characters, or holds the character NUL.")
        wanted, is_whole, _ = known[name]
        if is_whole and not _WHOLE.fullmatch(text):
            raise InvalidDocument(f"`{name}` is a whole number.")
        try:
            msgspec.convert(text, wanted, strict=False)
        except msgspec.ValidationError as error:
            raise InvalidDocument(f"`{name}`: {malformed.told(error, wanted)}.") from None
    if missing := [f"`{name}`" for name, (_, __, required) in known.items() if required and name not in seen]:
        raise InvalidDocument(f"{' and '.join(missing)} {'has' if len(missing) == 1 else 'have'} to be given.")


@cache
def parameters(handler: BaseRouteHandler) -> dict[str, tuple[Any, bool, bool]]:
    """The type of each parameter with msgspec's limits, whether it is a whole number, and whether it must be given."""
    signature = handler.parsed_fn_signature.parameters
    found = {}
    for name, hint in get_type_hints(handler.fn, include_extras=True).items():
        mark = next((mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, QueryParameter)), None)
        if mark is not None:
            wanted = bare(hint)
            is_whole = int in {wanted, get_args(wanted)[0] if get_args(wanted) else None}
            found[mark.name or mark.query or name] = (wanted, is_whole, not signature[name].has_default)
    return found


def bare(hint: Any) -> Any:
    """The type without Litestar's marks; msgspec's limits stay."""
    metadata = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, msgspec.Meta)]
    plain = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    for mark in metadata:
        plain = Annotated[plain, mark]
    return plain
