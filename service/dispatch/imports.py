"""Files of technicians: whoever isn't on the staff yet is invited."""

from collections.abc import Sequence
from typing import Any

from service.dispatch.queries import STAFF_BY_EMAIL
from service.dispatch.records import NewTechnician
from service.dispatch.technicians import add_technician
from service.identity.records import Invitation
from service.identity.staff import invite_staff
from service.kit.imports.cells import degrees_e7, named_id, words, yes_or_no
from service.kit.imports.files import Row
from service.kit.imports.loading import ImportKind, Known, added, decoded
from service.kit.verbs import Work


async def _look_up(work: Work, rows: Sequence[Row]) -> Known:
    staff = await work.all(STAFF_BY_EMAIL, emails=sorted({row.cells["email"].lower() for row in rows}))
    return {one.email: one.id for one in staff}


async def _add(work: Work, row: Row, known: Known) -> bool:
    cells, email = row.cells, row.cells["email"].lower()
    takes_cash = yes_or_no(cells.get("may_take_cash"), "may_take_cash")
    staff_id = known.get(email)
    if staff_id is None:
        staff_id = named_id(work.organisation_id, "staff", email)
        role = "agent" if takes_cash else "technician"
        await added(invite_staff, work, invitation=decoded(Invitation, id=staff_id, name=cells["name"], email=email, roles=[role]))
    latitude, longitude = degrees_e7(cells.get("home_latitude"), "home_latitude"), degrees_e7(cells.get("home_longitude"), "home_longitude")
    if (latitude is None) != (longitude is None):
        raise ValueError("home_latitude and home_longitude come together.")
    home: dict[str, Any] | None = None if latitude is None else {"latitude_e7": latitude, "longitude_e7": longitude}
    technician = decoded(
        NewTechnician,
        staff_id=staff_id,
        zone=cells["zone"],
        skills=words(cells.get("skills")),
        may_take_cash=takes_cash,
        home=home,
        reach_metres=cells.get("reach_metres"),
    )
    return await added(add_technician, work, technician=technician)


TECHNICIANS = ImportKind(
    name="technicians",
    columns=("email", "name", "zone", "skills", "may_take_cash", "home_latitude", "home_longitude", "reach_metres"),
    required=("email", "name", "zone"),
    key=("email",),
    look_up=_look_up,
    add=_add,
)
