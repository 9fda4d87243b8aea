"""Files of technicians, where whoever isn't on the staff yet is invited, and of their shifts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

import msgspec

from service.customers.imports import LATITUDE, LONGITUDE, ZONE, judge_coordinates
from service.dispatch.queries import SHIFTS_OF_TECHNICIANS, STAFF_BY_EMAIL, TECHNICIANS_BY_EMAIL
from service.dispatch.records import BreakMinutes, NewShifts, NewTechnician, Reach, Skills, Weekdays
from service.dispatch.technicians import MOST_DAYS, add_shifts, add_technician
from service.identity.records import Email, Invitation, Name
from service.identity.staff import invite_staff
from service.kit.imports.cells import Column, levels, named_id, typed, wall_time, weekday_numbers, yes_or_no
from service.kit.imports.files import Row
from service.kit.imports.loading import ImportKind, Known, added, decoded
from service.kit.verbs import Work

BREAKS = ("break_starts", "break_ends", "break_minutes", "break_earliest", "break_latest")


async def _look_up(work: Work, rows: Sequence[Row]) -> Known:
    staff = await work.all(STAFF_BY_EMAIL, emails=sorted({row.cells["email"].lower() for row in rows if "email" in row.cells}))
    return {one.email: one.id for one in staff}


def _judge(row: Row, known: Known) -> list[str]:
    del known
    return judge_coordinates(row, "home_latitude", "home_longitude")


async def _add(work: Work, row: Row, known: Known) -> bool:
    values, email = row.values, row.values["email"].lower()
    takes_cash = values.get("may_take_cash", False)
    staff_id = known.get(email)
    if staff_id is None:
        staff_id = named_id(work.organisation_id, "staff", email)
        role = "agent" if takes_cash else "technician"
        await added(invite_staff, work, invitation=decoded(Invitation, id=staff_id, name=values["name"], email=email, roles=[role]))
    home: dict[str, Any] | None = None
    if "home_latitude" in values:
        home = {"latitude_e7": values["home_latitude"], "longitude_e7": values["home_longitude"]}
    technician = decoded(
        NewTechnician,
        staff_id=staff_id,
        zone=values["zone"],
        skills=values.get("skills"),
        may_take_cash=takes_cash,
        home=home,
        reach_metres=values.get("reach_metres"),
    )
    return await added(add_technician, work, technician=technician)


TECHNICIANS = ImportKind(
    name="technicians",
    about="a row somebody who goes to doors; whoever isn't on the staff yet is invited by mail",
    columns=(
        Column("email", "an address of mail", "robin@company.example", typed(Email), required=True, note="they sign in with it"),
        Column("name", "1 to 200 characters", "Robin Field", typed(Name), required=True),
        ZONE,
        Column(
            "skills",
            "words of a-z, 0-9 and _, separated by blanks, each with its level from 1 to 10 behind a colon",
            "router fibre:3",
            levels(Annotated[Skills, msgspec.Meta(max_length=50)]),
            note="as jobs ask for them; level 1 where none is written",
        ),
        Column("may_take_cash", "yes or no", "no", yes_or_no, note="who may is invited as an agent; no where it is empty"),
        msgspec.structs.replace(LATITUDE, name="home_latitude"),
        msgspec.structs.replace(LONGITUDE, name="home_longitude"),
        Column(
            "reach_metres",
            "whole metres, 1 to 20100000",
            "60000",
            typed(Reach),
            note="how far from home they are sent; 100000 where it is empty",
        ),
    ),
    key=("email",),
    look_up=_look_up,
    add=_add,
    judge=_judge,
)


async def _look_up_shifts(work: Work, rows: Sequence[Row]) -> Known:
    """Technicians by address, and on which days they work already, from when until when."""
    emails = sorted({row.cells["technician"].lower() for row in rows if "technician" in row.cells})
    technicians = {one.email: one.id for one in await work.all(TECHNICIANS_BY_EMAIL, emails=emails)}
    days = [row.values[name] for row in rows for name in ("from_on", "until_on") if name in row.values]
    if not days:
        return {**technicians}
    ids = list(technicians.values())
    there = await work.all(SHIFTS_OF_TECHNICIANS, technician_ids=ids, from_on=min(days), until_on=max(days))
    return {**technicians, **{(one.technician_id, one.on_day, one.starts, one.ends): True for one in there}}


def _judge_shifts(row: Row, known: Known) -> list[str]:
    values, wrong = row.values, []
    if "technician" in row.cells and row.cells["technician"].lower() not in known:
        wrong.append("technician: nobody who goes to doors has this address; load the technicians first.")
    if {"from_on", "until_on"} <= values.keys() and not 1 <= (values["until_on"] - values["from_on"]).days <= MOST_DAYS:
        wrong.append(f"until_on has to be 1 to {MOST_DAYS} days after from_on.")
    wrong += [
        f"{', '.join(together[:-1])} and {together[-1]} come together."
        for together in (BREAKS[:2], BREAKS[2:])
        if 0 < sum(name in row.cells for name in together) < len(together)
    ]
    return wrong


async def _add_shifts(work: Work, row: Row, known: Known) -> bool:
    """All of a row's days; a row whose days are all there already, from and until the same time, is left alone."""
    values, technician_id = row.values, known[row.cells["technician"].lower()]
    rest = {name.removeprefix("break_"): values[name] for name in BREAKS if name in values}
    pattern = {name: values.get(name) for name in ("from_on", "until_on", "starts", "ends", "weekdays")}
    shifts = decoded(NewShifts, **pattern, **{"break": rest or None})
    days = (shifts.from_on + timedelta(days=day) for day in range((shifts.until_on - shifts.from_on).days))
    if all((technician_id, day, shifts.starts, shifts.ends) in known for day in days if day.isoweekday() in shifts.weekdays):
        return False
    return await added(add_shifts, work, technician_id=technician_id, shifts=shifts)


SHIFTS = ImportKind(
    name="shifts",
    about="a row the working time of a technician on the same weekdays for a while; without shifts nobody has a free slot",
    columns=(
        Column(
            "technician",
            "the address of mail of a technician, as in the file of technicians",
            "robin@company.example",
            typed(Email),
            required=True,
        ),
        Column("from_on", "a day as year-month-day", "2026-03-02", typed(date), required=True),
        Column(
            "until_on",
            "a day as year-month-day",
            "2026-06-01",
            typed(date),
            required=True,
            note="the day after the last, at most 400 days on",
        ),
        Column("starts", "the time on a clock, hours and minutes", "08:00", wall_time, required=True, note="in the technician's zone"),
        Column(
            "ends", "the time on a clock, hours and minutes", "16:30", wall_time, required=True, note="not after starts: on the next day"
        ),
        Column(
            "weekdays",
            "numbers from 1 (Monday) to 7 (Sunday), separated by blanks",
            "1 2 3 4 5",
            weekday_numbers(Weekdays),
            note="all seven where it is empty",
        ),
        Column("break_starts", "the time on a clock, hours and minutes", "12:00", wall_time),
        Column("break_ends", "the time on a clock, hours and minutes", "12:30", wall_time),
        Column(
            "break_minutes",
            "whole minutes, 5 to 480",
            "30",
            typed(BreakMinutes),
            note="instead of a fixed break: one that a plan places in the shift",
            instead_of_others=True,
        ),
        Column(
            "break_earliest",
            "the time on a clock, hours and minutes",
            "11:30",
            wall_time,
            note="when such a break begins at the earliest",
            instead_of_others=True,
        ),
        Column(
            "break_latest", "the time on a clock, hours and minutes", "13:00", wall_time, note="and at the latest", instead_of_others=True
        ),
    ),
    key=("technician", "from_on", "starts"),
    look_up=_look_up_shifts,
    add=_add_shifts,
    judge=_judge_shifts,
)
