"""What an evidence pack holds of what the customer was told, and of the words that explain it."""

from typing import Literal

from service.evidence.records.common import Strict


class OverrunNoticeTold(Strict, frozen=True):
    """That one of the customer's people was told of a forecast, as whoever told them says."""

    notice_id: str
    contact_id: str
    channel: str
    told_us: int
    told_by: str
    recorded_us: int


class ForecastTold(Strict, frozen=True):
    """What the matter was expected to come to when so many `acts` had come to `authorised_minor`.

    `notice_due`: it is more, and the law of the place wants the customer told. `left_out` counts notices after the first twenty.
    """

    forecast_id: str
    projected_minor: int
    acts: int
    authorised_minor: int
    notice_due: bool
    stated_by: str
    stated_us: int
    notices: list[OverrunNoticeTold]
    left_out: int


class NoticeTold(Strict, frozen=True):
    """A mail about a showing, an act, a question or a payment, and its last known state; to whoever of the customer's had an address where no contact is named."""

    notice_id: str
    kind: str
    about: str
    contact_id: str | None
    former: bool
    queued_us: int
    state: str
    reason: str | None
    state_us: int


class NoticesTold(Strict, frozen=True):
    """The latest mails, and how many before those are left out."""

    told: list[NoticeTold]
    left_out: int


class WordsTold(Strict, frozen=True):
    """What staff wrote: on an emergency what was found, on a forecast the reason."""

    about: Literal["work_record", "forecast"]
    id: str
    words: str
