"""The document as the code has it, made once a worker: putting all routes together for it takes a second."""

from service.app.document import document

DOCUMENT = document()
