"""XML written from nested names and read without entities: a document with a DOCTYPE is refused before anything of it is believed."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import msgspec

MOST_BYTES: Final = 20_000_000
MOST_DEPTH: Final = 60


class MalformedXml(ValueError):
    """It isn't an XML document that can be read: where, and why."""


class Element(msgspec.Struct):
    """An element: its namespace and name, attributes, own text and children."""

    namespace: str
    name: str
    attributes: dict[str, str]
    children: list["Element"]
    text: str = ""

    def all(self, path: str) -> Iterator["Element"]:
        """The elements at a path of local names."""
        first, _, rest = path.partition("/")
        for child in self.children:
            if child.name == first:
                yield from child.all(rest) if rest else (child,)

    def one(self, path: str) -> "Element | None":
        return next(self.all(path), None)

    def has(self, path: str) -> bool:
        return self.one(path) is not None

    def said(self, path: str) -> str | None:
        """The text at a path; None where there is none or nothing to see in it."""
        found = self.one(path)
        return (found.text.strip() or None) if found is not None else None

    def number(self, path: str) -> Decimal | None:
        """The number at a path with the digits it was written with; None where it is none."""
        return number_in(self.said(path))

    def attribute(self, path: str, name: str) -> str | None:
        found = self.one(path)
        return (found.attributes.get(name) or None) if found is not None else None


def number_in(text: str | None) -> Decimal | None:
    try:
        value = Decimal(text) if text is not None and "_" not in text else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None


def day_in(text: str | None) -> date | None:
    """A day as `20260304` or `2026-03-04`; None where it is none."""
    try:
        return date.fromisoformat(text) if text and len(text) in (8, 10) else None
    except ValueError:
        return None


def read(content: bytes) -> Element:
    """The root of a document. Raises MalformedXml."""
    if len(content) > MOST_BYTES:
        raise MalformedXml(f"It has more than {MOST_BYTES} bytes.")
    root = Element("", "", {}, [])
    open_elements = [root]
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if len(open_elements) > MOST_DEPTH:
            raise MalformedXml(f"Line {parser.CurrentLineNumber}: elements are nested too deeply.")
        namespace, _, name = tag.rpartition("\n")
        element = Element(namespace, name, attributes, [])
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def more(text: str) -> None:
        open_elements[-1].text += text

    def refuse(*_: object) -> None:
        raise MalformedXml(f"Line {parser.CurrentLineNumber}: a document type declaration is not allowed.")

    parser.StartElementHandler, parser.CharacterDataHandler = begin, more
    parser.EndElementHandler = lambda _: open_elements.pop()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise MalformedXml(f"Line {error.lineno}: {expat.ErrorString(error.code)}.") from None
    except (LookupError, UnicodeError):
        raise MalformedXml("Its encoding is unknown.") from None
    return root.children[0]


Node = tuple[str, dict[str, str], "Sequence[Node | None] | str"]
"""An element to be written: its prefixed name, its attributes, and its children or its text."""


def parent(name: str, *children: Node | None) -> Node | None:
    """An element of the children that there are; None where there are none."""
    present = [child for child in children if child is not None]
    return (name, {}, present) if present else None


def leaf(name: str, text: str | None, **attributes: str | None) -> Node | None:
    """An element with a text; None where there is none."""
    if text is None:
        return None
    return (name, {key: value for key, value in attributes.items() if value is not None}, text)


def plain(value: Decimal | None) -> str | None:
    """A number without an exponent."""
    return None if value is None else f"{value:f}"


def written(root: Node, *, namespaces: dict[str, str]) -> bytes:
    """The document: the same bytes for the same elements."""
    name, attributes, children = root
    declared = {("xmlns:" + prefix if prefix else "xmlns"): address for prefix, address in namespaces.items()}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_lines((name, declared | attributes, children), 0), ""]
    return "\n".join(lines).encode()


def _lines(node: Node, depth: int) -> Iterator[str]:
    name, attributes, content = node
    begin = " " * depth + "<" + name + "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    if isinstance(content, str):
        yield f"{begin}>{escape(content)}</{name}>"
        return
    yield f"{begin}>"
    for child in content:
        if child is not None:
            yield from _lines(child, depth + 1)
    yield f"{' ' * depth}</{name}>"
