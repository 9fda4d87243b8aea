"""Forecasts: what a matter will come to, said as soon as it is foreseen, and that the customer was told where it is more than they agreed to."""

from uuid import UUID

from service.authorisations.matters import find_scope
from service.authorisations.offers import ContactNotFound
from service.authorisations.queries import LIST_FORECASTS, LOG_OVERRUN_NOTICE, STATE_FORECAST
from service.authorisations.records import Forecast, ForecastReceipt, NewForecast, NewOverrunNotice, OverrunNoticeReceipt
from service.kit.lists import under
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Lock, Work, verb


class NothingOverrun(Refusal):
    """This forecast isn't above what the customer had agreed to."""

    code, status, remedy = (
        "NOTHING_OVERRUN",
        409,
        "Tell the customer of the forecast that is; `GET /v1/scopes/{scope_id}/forecasts` lists them.",
    )
    constraints = ("authorisations.only_an_overrun_is_told",)


class NoticeNotGiven(Refusal):
    """The notice is said to be given later than now."""

    code, status, remedy = "NOTICE_NOT_GIVEN", 422, "Log it once the customer was told; if they were, set the device's clock."
    constraints = ("authorisations.notice_was_given",)


@verb(refusals=(IdTaken,), locks=lambda *, scope_id, **_: (Lock.scope(scope_id),))
async def state_forecast(work: Work, *, scope_id: UUID, forecast: NewForecast) -> ForecastReceipt:
    """Says what a matter is now expected to come to. Where it passes what was authorised and the law wants the customer told, bills wait for the notice."""
    return await work.run(
        STATE_FORECAST,
        scope_id=scope_id,
        forecast_id=forecast.id or work.new_id(),
        projected_minor=forecast.projected_minor,
        reason=forecast.reason,
    )


@verb(
    refusals=(IdTaken, ContactNotFound, NothingOverrun, NoticeNotGiven),
    locks=lambda *, forecast_id, **_: (Lock.scope_of("authorisations.forecast", forecast_id),),
)
async def log_overrun_notice(work: Work, *, forecast_id: UUID, notice: NewOverrunNotice) -> OverrunNoticeReceipt:
    """Logs that one of the customer's contacts was told of a forecast above what they agreed to."""
    return await work.run(
        LOG_OVERRUN_NOTICE,
        forecast_id=forecast_id,
        notice_id=notice.id or work.new_id(),
        contact_id=notice.contact_id,
        channel=notice.channel,
        told_at=notice.told_at,
    )


@under(find_scope)
async def list_forecasts(work: Work, *, scope_id: UUID) -> list[Forecast]:
    """The forecasts of a matter, the latest first, at most 200."""
    return await work.all(LIST_FORECASTS, scope_id=scope_id)
