"""Forecasts and the notices of overruns as sent and received."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.authorisations.records.common import Instant, Text
from service.kit.money import MinorUnits

NoticeChannel = Literal["email", "letter", "phone", "in_person"]


class NewForecast(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the whole matter is now expected to come to, before tax where its offers are."""

    projected_minor: MinorUnits
    reason: Text
    id: UUID | None = None


class ForecastReceipt(msgspec.Struct, frozen=True):
    """That it is kept; `notice_due`: the law of the place wants the customer told, and nothing is billed here before."""

    id: UUID
    scope_id: UUID
    currency: str
    projected_minor: int
    authorised_minor: int
    notice_due: bool


class NewOverrunNotice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom of the customer's people you told, when and how."""

    contact_id: UUID
    channel: NoticeChannel
    told_at: Instant
    id: UUID | None = None


class OverrunNoticeReceipt(msgspec.Struct, frozen=True):
    """That it is kept."""

    id: UUID
    forecast_id: UUID
    projected_minor: int


class OverrunNotice(msgspec.Struct, frozen=True):
    """A notice as it was given."""

    id: UUID
    contact_id: UUID
    channel: NoticeChannel
    told_at: datetime
    told_by: str


class Forecast(msgspec.Struct, frozen=True):
    """A forecast with what was authorised then, and who was told of it."""

    id: UUID
    currency: str
    projected_minor: int
    authorised_minor: int
    notice_due: bool
    reason: str
    stated_by: str
    stated_at: datetime
    notices: list[OverrunNotice]
