"""Files of technicians: whoever isn't on the staff yet is invited."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec

from service.customers.imports import LATITUDE, LONGITUDE, ZONE, judge_coordinates
from service.dispatch.queries import STAFF_BY_EMAIL
from service.dispatch.records import NewTechnician, Reach, Skill
from service.dispatch.technicians import add_technician
from service.identity.records import Email, Invitation, Name
from service.identity.staff import invite_staff
from service.kit.imports.cells import Column, named_id, typed, words, yes_or_no
from service.kit.imports.files import Row
from service.kit.imports.loading import ImportKind, Known, added, decoded
from service.kit.verbs import Work


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
            "words of a-z, 0-9 and _, separated by blanks",
            "router fibre",
            words(Annotated[list[Skill], msgspec.Meta(max_length=50)]),
            note="as jobs ask for them",
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
