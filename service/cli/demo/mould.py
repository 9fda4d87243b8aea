"""What the made-up company is cast from: the tables of `db/seed`, read into records."""

import csv
from datetime import time
from importlib import resources
from typing import Literal, TypeVar

import msgspec

T = TypeVar("T")
City = Literal["Berlin", "Lisbon"]
ZONES: dict[City, str] = {"Berlin": "Europe/Berlin", "Lisbon": "Europe/Lisbon"}
JURISDICTIONS: dict[City, str] = {"Berlin": "DE", "Lisbon": "PT"}
NAME = "Tejo & Spree Home Services"
SLUG = "tejo-spree"
"""Under which its public pages are."""
PASSWORD = "nothing but a demo"  # noqa: S105 — of made-up people, printed by the demo


class Person(msgspec.Struct, frozen=True):
    """Somebody who works there; those with a city go to doors."""

    name: str
    email: str
    roles: str
    city: Literal["Berlin", "Lisbon", ""]
    skills: str
    cash: Literal["yes", "no", ""]
    starts: str
    ends: str
    latitude_e7: str
    longitude_e7: str

    @property
    def shift(self) -> tuple[time, time]:
        """Wall time in their city; an end before the start is on the next day."""
        return time.fromisoformat(self.starts), time.fromisoformat(self.ends)


class Article(msgspec.Struct, frozen=True):
    """An item of the price book; the price in cents."""

    code: str
    kind: Literal["labour", "part", "diagnosis", "travel", "fee", "disposal", "reassembly", "plan"]
    name: str
    unit: str
    price: str
    tax_rate_bp: int


class Client(msgspec.Struct, frozen=True):
    """A customer with a site, something that stands there, and perhaps a subscription in some state."""

    reference: str
    name: str
    city: City
    language: Literal["en", "de"]
    email: str
    phone: str
    address: str
    latitude_e7: int
    longitude_e7: int
    access_notes: str
    asset_kind: str
    asset_name: str
    serial: str
    plan: str
    subscription: Literal["active", "due", "lapsed", "held", "ended", ""]


def people() -> list[Person]:
    """Sixteen: twelve of them go to doors."""
    return _read("staff.csv", Person)


def price_book() -> list[Article]:
    """What may be offered."""
    return _read("price_book.csv", Article)


def clients() -> list[Client]:
    """Three hundred."""
    return _read("customers.csv", Client)


def _read(name: str, record: type[T]) -> list[T]:
    text = resources.files("db.seed").joinpath(name).read_text(encoding="utf-8")
    return [msgspec.convert(row, record, strict=False) for row in csv.DictReader(text.splitlines())]
