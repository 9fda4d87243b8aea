"""Rules of telling as sent, kept and shown."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from service.customers.records import Language
from service.kit.patterns import whole
from service.notices.records import Channel, Kind

Audience = Literal["customer", "contact", "staff"]
Needed = Literal["law", "safety", "asked"]
Reach = Literal["never", "failed", "always"]
Wall = Annotated[
    str, msgspec.Meta(pattern=whole("([01][0-9]|2[0-3]):[0-5][0-9]"), max_length=5, description="A time on the wall, `HH:MM`.")
]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one kind of notice is told."""

    kind: Kind
    channels: Annotated[list[Channel], msgspec.Meta(max_length=3, description="In which order; none: it isn't told.")]
    quiet: bool = False
    """Whether it waits while it is night where they are, unless it is of no use by the morning."""
    every_minutes: Annotated[int, msgspec.Meta(ge=1, le=43_200)] | None = None
    """At most one in so many minutes to the same customer."""
    excess: Literal["dropped", "merged"] = "dropped"
    """What becomes of more: never told; or told when the time has passed, of several about the same matter the last."""
    language: Language | None = None
    """None: theirs."""
    reach: Reach = "always"
    """When a person is to reach them: where no way worked, also where there was none to try (`always`), or `never`."""


class KindAbout(msgspec.Struct, frozen=True):
    """What is so of a kind by what it is, and how it is told where nothing else was set."""

    kind: Kind
    to: Audience
    needed: Needed | None
    """Why nobody may do without it: the law wants it told, somebody's safety, or they asked for it themselves."""
    shipped: Rule


class NewRuleSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rules from now on; what isn't named is as shipped."""

    rules: Annotated[list[Rule], msgspec.Meta(max_length=50)] = []
    quiet_from: Wall | None = None
    """Night begins, where whoever is told is; with `quiet_until` left out, as dunning has it."""
    quiet_until: Wall | None = None


class QuietHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When night is, where whoever is told is; neither: as dunning has it."""

    quiet_from: Wall | None = None
    quiet_until: Wall | None = None


class RuleSet(msgspec.Struct, frozen=True):
    """One version."""

    version: int
    quiet_from: str | None
    quiet_until: str | None
    rules: list[Rule]
    set_by: str | None
    set_at: datetime | None


class RulesSet(msgspec.Struct, frozen=True):
    """Which version is in force now."""

    version: int


class OptOut(msgspec.Struct, frozen=True):
    """What a customer said of a kind last."""

    kind: Kind
    out: bool
    via: Literal["link", "staff"]
    said_by: str
    said_at: datetime
    step: int


class NewOptOut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether they do without it."""

    out: bool


class OptOutSaid(msgspec.Struct, frozen=True):
    """How it stands."""

    kind: Kind
    out: bool
