"""`python -m service.app` writes what is generated into `openapi/`."""

import sys

from service.app.document import FOLDER, texts

for name, text in texts().items():
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"openapi/{name}: {len(text.splitlines())} lines\n")
