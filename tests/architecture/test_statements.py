"""Every statement prepares on the real schema, fills its record, and writes its own room's tables alone."""

import re
from importlib import resources
from typing import Any

import msgspec
import pytest

from service.kit.sql import Query, Verb
from tests.architecture.house import floors, room_of, rooms
from tests.each import Cases

WRITE = re.compile(r"\b(?:insert\s+into|update|delete\s+from)\s+(?:only\s+)?([a-z_]+)\.([a-z_]+)", re.IGNORECASE)
STATEMENTS = [(package, name) for package, room in sorted(rooms().items()) for name in sorted(room.used)]


async def test_a_statement_prepares_and_its_columns_are_its_records_fields(owner: Any) -> None:
    cases = Cases()
    for package, name in STATEMENTS:
        with cases.case(f"{package.removeprefix('service.')} {name}"):
            await fits(owner, rooms()[package].used[name])
    cases.hold()


async def fits(owner: Any, statement: Query[Any] | Verb[Any]) -> None:
    """Whether PostgreSQL prepares it and answers what its record holds."""
    prepared = await owner.prepare(statement.text)
    columns = [(column.name, column.type.name) for column in prepared.get_attributes()]
    if isinstance(statement, Verb):
        assert [name for name, _ in columns] == ["status", "code", "body"]
        return
    record = statement.record
    if not (isinstance(record, type) and issubclass(record, msgspec.Struct)):
        assert len(columns) == 1
        return
    fields = msgspec.structs.fields(record)
    assert len(columns) == len(fields), ([name for name, _ in columns], [field.name for field in fields])
    # An expression's column is named by nobody; one that has the name of a field stands in that field's place.
    names = {field.name for field in fields}
    wrong = [(column, field.name) for (column, _), field in zip(columns, fields, strict=True) if column in names - {field.name}]
    assert wrong == [], "columns and fields in another order"


@pytest.mark.parametrize("package", sorted(rooms()))
def test_no_statement_lies_unused(package: str) -> None:
    assert rooms()[package].unused == set()


@pytest.mark.parametrize("package", sorted(rooms()))
def test_a_room_writes_its_own_schema_alone(package: str) -> None:
    """Lower rooms are written through the fragments they export, which are read before they are included."""
    room = room_of(package)
    wrong = []
    for file in (resources.files(package) / "sql").iterdir():
        if file.name.endswith(".sql"):
            text = re.sub(r"--[^\n]*", "", file.read_text(encoding="utf-8"))
            wrong += [f"{file.name} writes {schema}.{table}" for schema, table in WRITE.findall(text) if schema not in {room, "kit"}]
    assert sorted(set(wrong)) == []


@pytest.mark.parametrize("package", sorted(rooms()))
def test_a_room_includes_fragments_of_itself_and_of_rooms_below_alone(package: str) -> None:
    order, room = floors(), room_of(package)
    included = [
        (file.name, other)
        for file in (resources.files(package) / "sql").iterdir()
        if file.name.endswith(".sql")
        for other in re.findall(r"^\s*-- include: (\w+)/", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert [one for one in included if one[1] != room and order[one[1]] >= order[room]] == []


def test_no_body_takes_an_instant_without_an_offset() -> None:
    """Msgspec reads a naive datetime unless told not to: `Meta(tz=True)`."""
    from service.app.document import operations  # noqa: PLC0415 - only here, since it puts the rooms together

    naive: set[str] = set()
    for one in operations():
        if one.body is not None:
            naive |= {f"{one.id}: {where}" for where in _naive(one.body, "")}
    assert naive == set()


def _naive(annotation: Any, where: str) -> set[str]:
    kind = msgspec.inspect.type_info(annotation)
    return _naive_in(kind, where, set())


def _naive_in(kind: Any, where: str, seen: set[int]) -> set[str]:
    match kind:
        case msgspec.inspect.DateTimeType(tz=tz):
            return set() if tz or ".local_" in where else {where}
        case msgspec.inspect.StructType(cls=cls, fields=fields):
            if id(cls) in seen:
                return set()
            return set[str]().union(*(_naive_in(field.type, f"{where}.{field.name}", seen | {id(cls)}) for field in fields))
        case msgspec.inspect.UnionType(types=kinds):
            return set[str]().union(*(_naive_in(one, where, seen) for one in kinds))
        case msgspec.inspect.ListType(item_type=item) | msgspec.inspect.Metadata(type=item):
            return _naive_in(item, where, seen)
        case _:
            return set()
