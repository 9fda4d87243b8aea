"""Elements of an XML file with the line each begins on, looked up by name; what stands twice where once is meant is refused."""

from collections.abc import Iterator

from service.integrations.bank_statements.records import StatementUnreadable
from service.integrations.bank_statements.texts import clean_or_none


class Node:
    """One element; blanks around its text don't count."""

    __slots__ = ("attributes", "children", "line", "parts", "size", "tag")

    def __init__(self, tag: str, line: int, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.line = line
        self.attributes = attributes
        self.children: list[Node] = []
        self.parts: list[str] = []
        self.size = 0

    @property
    def text(self) -> str:
        """Its own text."""
        return "".join(self.parts).strip()

    def all(self, tag: str) -> Iterator["Node"]:
        """Its children of that name."""
        return (child for child in self.children if child.tag == tag)

    def one(self, *path: str) -> "Node | None":
        """What stands at the end of the path, if anything does."""
        node: Node | None = self
        for tag in path:
            if node is None:
                return None
            found = list(node.all(tag))
            if len(found) > 1:
                raise StatementUnreadable(
                    found[1].line, "element_twice", f"<{tag}> stands twice in <{node.tag}>: which one counts isn't said."
                )
            node = found[0] if found else None
        return node

    def needed(self, *path: str) -> "Node":
        """The same, refused where it is missing or empty."""
        node = self.one(*path)
        if node is None or not (node.children or node.text):
            raise StatementUnreadable(self.line, "element_missing", f"<{self.tag}> lacks <{'/'.join(path)}>.")
        return node

    def said(self, *path: str) -> str | None:
        """The text at the end of the path, None where there is none."""
        node = self.one(*path)
        return None if node is None else clean_or_none(node.text)

    def first_said(self, *paths: tuple[str, ...]) -> str | None:
        """The text at the end of the first path that leads to one."""
        return next((text for path in paths if (text := self.said(*path)) is not None), None)
