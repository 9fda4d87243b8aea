"""XML read as it streams in: no document type, no entities, no depth or size beyond what a bank writes; a payment's elements are dropped once read."""

from collections.abc import Callable, Iterable
from typing import Any, Final
from xml.parsers import expat

from service.integrations.bank_statements.camt.nodes import Node
from service.integrations.bank_statements.records import StatementUnreadable

MOST_DEEP: Final = 40
MOST_LETTERS: Final = 20_000
"""Of one element. The longest text that ISO 20022 allows here has 500."""
MOST_ATTRIBUTES: Final = 20

Finished = Callable[[Node, list[Node]], bool]
"""Told of each element that ends, with those around it; True where it has taken the element, which is then dropped."""


def stream(chunks: Iterable[bytes], finished: Finished) -> None:
    """Reads to the end, or raises StatementUnreadable with the line."""
    reader = _Reader(finished)
    parser = reader.parser
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        reason = f"The XML breaks off or is broken here: {expat.errors.messages.get(error.code, 'unreadable')}."
        raise StatementUnreadable(error.lineno, "xml_broken", reason) from None
    except (LookupError, ValueError) as error:
        raise StatementUnreadable(
            parser.CurrentLineNumber, "encoding_wrong", f"The encoding that the file declares can't be read: {error}."
        ) from None


class _Reader:
    """The elements that are open, from the outermost in."""

    def __init__(self, finished: Finished) -> None:
        self.finished = finished
        self.open: list[Node] = []
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        for handler in (
            "StartDoctypeDeclHandler",
            "EntityDeclHandler",
            "UnparsedEntityDeclHandler",
            "ExternalEntityRefHandler",
            "SkippedEntityHandler",
        ):
            setattr(self.parser, handler, self._refuse)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if len(self.open) >= MOST_DEEP:
            raise StatementUnreadable(
                line, "xml_too_deep", f"More than {MOST_DEEP} elements stand in each other: no statement is like that."
            )
        if len(attributes) > MOST_ATTRIBUTES:
            raise StatementUnreadable(line, "xml_too_large", f"An element has more than {MOST_ATTRIBUTES} attributes.")
        namespace, _, tag = name.rpartition("}")
        node = Node(tag, line, attributes)
        if not self.open or tag == "Document":
            node.attributes = {"": namespace, **attributes}
        self.open.append(node)

    def _end(self, _name: str) -> None:
        node = self.open.pop()
        if not self.finished(node, self.open) and self.open:
            self.open[-1].children.append(node)

    def _text(self, text: str) -> None:
        node = self.open[-1]
        if not node.parts and not text.strip():
            return  # what sets elements apart
        node.size += len(text)
        if node.size > MOST_LETTERS:
            raise StatementUnreadable(node.line, "text_too_long", f"<{node.tag}> holds more than {MOST_LETTERS} letters.")
        node.parts.append(text)

    def _refuse(self, *_: Any) -> int:
        line = self.parser.CurrentLineNumber
        raise StatementUnreadable(line, "xml_entities", "A document type or an entity stands here: no bank sends one, and none is read.")
