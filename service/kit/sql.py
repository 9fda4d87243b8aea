"""SQL is code in files beside the rooms: `-- query: name` reads, `-- verb: name` writes, `:name` is a parameter.

A verb is one `with …` statement that ends by defining `happened` (its facts), perhaps `wanted` (its tasks) and `answer`;
the tail that records all three with the change itself is added here, so that no verb can forget it.
"""

import re
from collections.abc import Callable, Iterable
from importlib import resources
from typing import Any, Generic, TypeVar

import msgspec

Row = TypeVar("Row")

_BLOCK = re.compile(r"^-- (query|verb): (\w+)\s*$", re.MULTILINE)
_INCLUDE = re.compile(r"^\s*-- include: (\w+)/(\w+)\s*$", re.MULTILINE)
_PART = re.compile(r"^-- part: (\w+)\n(.*?)^-- end part\n", re.MULTILINE | re.DOTALL)
_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")
_COMMENT = re.compile(r"--[^\n]*")
_TENANT = re.compile(r"(?<=organisation_id = ):organisation(?:::uuid)?\b")

_FACTS = """,
recorded_facts as (
  insert into kit.fact (organisation_id, kind, customer_id, subject_kind, subject_id, body, actor, request_id, occurred_at)
  select :organisation::uuid, kind, customer_id, subject_kind, subject_id, body, :actor::text, :request_id::uuid, :at::timestamptz from happened)"""
_FACTS_OF_SEVERAL = _FACTS.replace(":request_id::uuid", "coalesce(caused_by, :request_id::uuid)")
"""Where one statement does what several requests wanted: `happened` says which, as `caused_by`."""
_TASKS = """,
recorded_tasks as (
  insert into kit.task (organisation_id, task_id, kind, subject_id, body, due_at, request_id, created_at)
  select :organisation::uuid, task_id, kind, subject_id, body, due_at, :request_id::uuid, :at::timestamptz from wanted),
recorded_due as (insert into kit.due (organisation_id, task_id, kind, due_at) select :organisation::uuid, task_id, kind, due_at from wanted)"""
_ANSWER = """,
remembered as (
  insert into kit.idempotency (organisation_id, principal, route, key_hash, body_hash, status, code, body, request_id, created_at)
  select :organisation::uuid, :actor::text, :route::text, :key_hash::bytea, :body_hash::bytea, status, code, body, :request_id::uuid, :at::timestamptz
  from answer where :key_hash::bytea is not null)
select status, code, body::text from answer"""


class Query(Generic[Row]):
    """A read: its text with numbered parameters, their names in order, and the record each row becomes."""

    def __init__(self, name: str, text: str, record: type[Row]) -> None:
        self.name = name
        self.text, self.parameters = _numbered(text)
        self.record = record
        self.read: Callable[[Iterable[Any]], Row] = _reader(record)


class Verb(Generic[Row]):
    """A write: one data-modifying statement whose answer is decoded as this record."""

    def __init__(self, name: str, text: str, record: type[Row]) -> None:
        bare = _COMMENT.sub("", text)
        if not re.search(r"\bhappened\b[^(]*as", bare) and not re.search(r"\bhappened\s*\(", bare):
            raise ValueError(f"verb {name} defines no facts (`happened`)")
        tasks = _TASKS if re.search(r"\bwanted\b", bare) else ""
        facts = _FACTS_OF_SEVERAL if re.search(r"\bcaused_by\b", bare) else _FACTS
        self.name = name
        self.text, self.parameters = _numbered(text.rstrip().rstrip(";") + facts + tasks + _ANSWER)
        self.record = record
        self.decoder = msgspec.json.Decoder(record, strict=True)


class RoomSql:
    """The statements of one room, by name."""

    def __init__(self, package: str) -> None:
        self.package = package
        self._blocks: dict[tuple[str, str], str] = {}
        self.used: dict[str, Query[Any] | Verb[Any]] = {}
        folder = resources.files(package) / "sql"
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".sql") and not file.name.endswith(".fragment.sql"):
                self._read(file.read_text(encoding="utf-8"))
        ROOMS[package] = self

    def query(self, name: str, record: type[Row]) -> Query[Row]:
        """The read of that name; KeyError when no file of the room has it."""
        query = Query(name, self._blocks["query", name], record)
        self.used[name] = query
        return query

    def verb(self, name: str, record: type[Row], *, without: str = "") -> Verb[Row]:
        """The write of that name, `without` its parts of that name; KeyError when no file of the room has it."""
        block = _PART.sub(lambda part: "" if part[1] == without else part[2], self._blocks["verb", name])
        verb = Verb(name, block, record)
        self.used[f"{name} without {without}" if without else name] = verb
        return verb

    @property
    def unused(self) -> set[str]:
        """Blocks that no Python names: dead SQL."""
        return {name for _, name in self._blocks} - self.used.keys()

    def _read(self, text: str) -> None:
        parts = _BLOCK.split(text)
        for kind, name, block in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            if (kind, name) in self._blocks:
                raise ValueError(f"{self.package}: two statements are called {name}")
            self._blocks[kind, name] = _included(block.strip().rstrip(";"))


ROOMS: dict[str, RoomSql] = {}


def room(package: str) -> RoomSql:
    """All statements in `sql/*.sql` of that package."""
    return RoomSql(package)


def _included(text: str) -> str:
    def fragment(match: re.Match[str]) -> str:
        path = resources.files(f"service.{match[1]}") / "sql" / f"{match[2]}.fragment.sql"
        return _included(path.read_text(encoding="utf-8").rstrip())

    return _INCLUDE.sub(fragment, text)


def _numbered(text: str) -> tuple[str, tuple[str, ...]]:
    names: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        return f"${names.setdefault(match[1], len(names) + 1)}"

    # as the policies of row-level security write it: else the planner puts a node above each scan that compares the two
    tenant = _TENANT.sub("kit.tenant()", _COMMENT.sub("", text))
    numbered = _PARAMETER.sub(number, tenant)
    return numbered, tuple(names)


def _reader(record: type[Row]) -> Callable[[Iterable[Any]], Row]:
    """Scalars as they come; a text for a field that isn't text is JSON of that field's type."""
    if not issubclass(record, msgspec.Struct):
        return lambda row: next(iter(row))  # a single column: its value
    decoders = {
        index: msgspec.json.Decoder(field.type)
        for index, field in enumerate(msgspec.structs.fields(record))
        if not _is_text(msgspec.inspect.type_info(field.type))
    }

    def read(row: Iterable[Any]) -> Row:
        values = list(row)
        for index, decoder in decoders.items():
            if type(values[index]) is str:
                values[index] = decoder.decode(values[index])
        return record(*values)

    return read


def _is_text(info: msgspec.inspect.Type) -> bool:
    match info:
        case msgspec.inspect.Metadata(type=inner):
            return _is_text(inner)
        case msgspec.inspect.UnionType(types=types):
            return any(_is_text(one) for one in types)
        case msgspec.inspect.StrType() | msgspec.inspect.LiteralType() | msgspec.inspect.EnumType():
            return True
        case _:
            return False
