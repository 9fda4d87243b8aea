"""The document that every test asks about, as it is committed: tests/app/test_document.py holds that the code says the same."""

import json

from service.app.document import FOLDER

DOCUMENT = json.loads((FOLDER / "openapi.json").read_text(encoding="utf-8"))
