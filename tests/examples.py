"""Records what tests really sent and received: `RECORD_EXAMPLES=1 pytest …` adds an example for each operation that has none.

The first exchange that succeeds is kept, with the test that had it; ids and secrets are replaced, nothing else. An example is taken
anew by deleting it from `openapi/examples.json`. tests/app/test_document.py holds that each still fits the document and that its test is there.
"""

import json
import os
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import httpx

from service.app.document import FOLDER, document

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SECRETS = ((re.compile(r"\b([kl]_)[A-Za-z0-9_-]{43}"), r"\1" + "x" * 43), (re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+"), "eyJ…"))
_SECRET_FIELDS = {"refresh_token", "secret", "token"}


def hooks() -> dict[str, list[Callable[..., Any]]]:
    """What a client calls with each answer: nothing, unless examples are recorded."""
    return {"response": [record]} if os.environ.get("RECORD_EXAMPLES") == "1" else {}


async def record(answer: httpx.Response) -> None:
    """Keeps the exchange if it is the first of its operation to succeed."""
    request = answer.request
    name = _operation(request.method.lower(), request.url.path)
    file = FOLDER / "examples.json"
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if not answer.is_success or name is None or name in kept or answer.headers.get("content-type", "").startswith("text/event-stream"):
        return
    await answer.aread()
    sends_json = request.headers.get("content-type", "").startswith("application/json")
    sent = {"path": request.url.path, "query": request.url.query.decode()} | ({"body": json.loads(request.content)} if sends_json else {})
    is_json = answer.headers.get("content-type", "").partition(";")[0] == "application/json"
    received = {"status": answer.status_code} | ({"body": answer.json()} if is_json else {})
    test = os.environ.get("PYTEST_CURRENT_TEST", "").partition("[")[0].partition(" ")[0]
    kept[name] = {"test": test, **normalised({"request": sent, "response": received})}
    file.write_text(json.dumps(dict(sorted(kept.items())), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def normalised(exchange: Any) -> Any:
    """The same with ids numbered in the order in which they appear, and without secrets."""
    ids: dict[str, str] = {}
    text = json.dumps(_without_secrets(exchange))
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return json.loads(_ID.sub(lambda match: ids.setdefault(match[0], f"01890000-0000-7000-8000-{len(ids) + 1:012x}"), text))


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: "x" * 40 if name in _SECRET_FIELDS and isinstance(one, str) else _without_secrets(one) for name, one in value.items()}
    return [_without_secrets(one) for one in value] if isinstance(value, list) else value


@cache
def _addresses() -> list[tuple[str, re.Pattern[str], str]]:
    found = [
        (method, re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), path, told["operationId"])
        for path, methods in document()["paths"].items()
        for method, told in methods.items()
    ]
    return [(method, pattern, name) for method, pattern, path, name in sorted(found, key=lambda one: one[2].count("{"))]


def _operation(method: str, path: str) -> str | None:
    return next((name for one, pattern, name in _addresses() if one == method and pattern.fullmatch(path)), None)
