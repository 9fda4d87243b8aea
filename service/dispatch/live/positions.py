"""Where technicians are: told by their phones while somebody waits for them, and forgotten after some days."""

from datetime import timedelta

from service.dispatch.queries import FORGET_POSITIONS, TELL_POSITIONS
from service.dispatch.records import Positions, PositionsForgotten, PositionsKept
from service.dispatch.refusals import CLOCK_SKEW, CapturedInFuture
from service.kit.refusals import Refusal
from service.kit.verbs import Work, verb
from service.kit.zones import in_utc

OLDEST = timedelta(days=1)


class PositionNotNeeded(Refusal):
    """Nobody needs to know where this technician was then, so nothing of it is kept."""

    code, status, remedy = (
        "POSITION_NOT_NEEDED",
        409,
        "Measure nothing until a shift runs and a visit of it was sent out; `dropped` says what each position lacked.",
    )
    constraints = (
        "dispatch.position_is_needed",
        "dispatch.position_is_in_the_shift",
        "dispatch.position_in_a_shift",
        "dispatch.position_for_a_visit",
    )


@verb(refusals=(CapturedInFuture, PositionNotNeeded))
async def tell_positions(work: Work, *, told: Positions) -> PositionsKept:
    """Takes what the phone of the technician who asks has measured; what lies outside of their shifts, or isn't on account of a visit sent to them, isn't kept.

    The same position again is known. Each is judged by when it was measured, at most a day ago.
    """
    measured = [in_utc(one.measured_at) for one in told.positions]
    if max(measured) > work.at + CLOCK_SKEW:
        raise CapturedInFuture
    return await work.run(
        TELL_POSITIONS,
        me=work.principal.id,
        told_after=work.at - OLDEST,
        measured_at=measured,
        latitudes=[one.latitude_e7 for one in told.positions],
        longitudes=[one.longitude_e7 for one in told.positions],
        accuracies=[one.accuracy_metres for one in told.positions],
    )


@verb()
async def forget_positions(work: Work, *, kept: timedelta) -> PositionsForgotten:
    """Drops what was measured longer ago than that."""
    return await work.run(FORGET_POSITIONS, measured_until=work.at - kept)
