"""How fast people travel where no road engine tells: said by somebody, or learnt from the legs they went."""

from datetime import timedelta
from typing import Any

import msgspec

from service.dispatch.queries import PAST_LEGS, SET_TRAVEL_SPEEDS
from service.dispatch.records import Calibrated, TravelSpeeds, TravelSpeedsFound, TravelSpeedsReceipt
from service.dispatch.travel.calibration import LEAST_LEGS, calibrated
from service.dispatch.travel.matrix import find_speeds
from service.kit.refusals import Refusal, StaleVersion
from service.kit.verbs import Work, verb

MOST_LEGS = 20_000
MOST_MINUTES_BETWEEN = 30
"""Between the end of one visit and setting out to the next; whoever waited longer may have set out from elsewhere."""


class TooFewLegs(Refusal):
    """Too few legs of those days say how fast people are."""

    code, status, remedy = (
        "TOO_FEW_LEGS",
        409,
        f"Look further back, or wait until {LEAST_LEGS} legs between sites with coordinates were gone.",
    )


@verb(refusals=(StaleVersion,))
async def set_travel_speeds(work: Work, *, speeds: TravelSpeeds, version: int) -> TravelSpeedsReceipt:
    """Says how fast people travel from now on, where no road engine tells; the first time the version is 0."""
    return await work.run(SET_TRAVEL_SPEEDS, **_said(speeds), figures=None, version=version)


@verb(refusals=(TooFewLegs, StaleVersion))
async def calibrate_travel(work: Work, *, days: int) -> Calibrated:
    """Learns the paces from how long technicians went from one site to the next, area by area where there are legs enough."""
    now = await find_speeds(work)
    legs = await work.all(
        PAST_LEGS, from_at=work.at - timedelta(days=days), until_at=work.at, most_minutes_between=MOST_MINUTES_BETWEEN, most=MOST_LEGS
    )
    speeds, figures = calibrated(legs, now=now)
    if not any(one.legs >= LEAST_LEGS for one in figures):
        raise TooFewLegs(legs=sum(one.legs for one in figures))
    receipt = await work.run(SET_TRAVEL_SPEEDS, **_said(speeds), figures=_json(figures), version=now.version)
    return Calibrated(receipt.version, figures)


async def find_travel_speeds(work: Work) -> TravelSpeedsFound:
    """How fast people travel where no road engine tells, and what that was computed from."""
    return await find_speeds(work)


def _said(speeds: TravelSpeeds) -> dict[str, Any]:
    return {**msgspec.structs.asdict(speeds.pace), "areas": _json(speeds.areas)}


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
