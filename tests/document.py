"""The document that every test asks about, as it is committed: tests/app/test_document.py holds that the code says the same."""

import json
from typing import Any, NamedTuple

from service.app.document import FOLDER

DOCUMENT = json.loads((FOLDER / "openapi.json").read_text(encoding="utf-8"))


class Operation(NamedTuple):
    """One thing that can be asked, and what the document tells of it."""

    id: str
    method: str
    path: str
    told: dict[str, Any]

    @property
    def scope(self) -> str | None:
        """None where it is open to all."""
        return self.told.get("x-scope")


OPERATIONS = [
    Operation(told["operationId"], method.upper(), path, told)
    for path, methods in DOCUMENT["paths"].items()
    for method, told in methods.items()
]
