"""The house as its own files tell it: the order of the rooms, their packages, their statements."""

import importlib
import pkgutil
import tomllib
from functools import cache
from pathlib import Path

import service
from service.kit.sql import ROOMS, RoomSql

ROOT = Path(__file__).parents[2]


@cache
def floors() -> dict[str, int]:
    """The floor each room is on, from the import contract: kit is 0."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [one["layers"] for one in contracts if one["type"] == "layers"]
    return {room.strip(" ()"): floor for floor, layer in enumerate(reversed(layers)) for room in layer.split("|")}


@cache
def imported() -> tuple[str, ...]:
    """Every module of the service, imported: what isn't imported declares no refusal and no statement."""
    names = [module.name for module in pkgutil.walk_packages(service.__path__, "service.") if not module.name.endswith("__main__")]
    for name in names:
        importlib.import_module(name)
    return tuple(names)


def rooms() -> dict[str, RoomSql]:
    """The statements of every package that has some."""
    imported()
    return dict(ROOMS)


def room_of(package: str) -> str:
    """`service.kit.tasks` is of the room kit."""
    return package.split(".")[1]
