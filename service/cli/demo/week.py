"""A week of visits around now: what is past was done, what is going on is going on, the rest is booked, with room left for more."""

import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from service.cli.demo.mould import ZONES, Person, people
from service.cli.demo.office import Company, Office, Served
from service.cli.demo.subscribers import Unpaid
from service.dispatch.jobs import open_job
from service.dispatch.records import Booking, JobKind, NewJob, Stepped
from service.dispatch.slots import book_visit
from service.dispatch.visits import accept_visit, arrive_at_visit, complete_visit, dispatch_visit, set_out_to_visit, start_visit
from service.kit.verbs import VerbRule

DAYS = range(-2, 5)
PLACES = (20, 95, 250, 325, 400)
"""Minutes into the shift; the rest is after three and a half hours."""
FILLED = 0.55
SYMPTOMS = {
    "router": ("No light on the fibre.", "Slow in the evening.", "The line drops every hour."),
    "motorbike": ("Squeaks when braking.", "Service is due.", "Hard to start when cold."),
    "washing machine": ("Leaks at the door.", "Very loud when spinning.", "Stops at 12 minutes."),
}
SKILL = {"router": "router", "motorbike": "motorbike", "washing machine": "appliance"}
Visit = Callable[[], Awaitable[None]]


def plan_visits(office: Office, company: Company, *, unpaid: list[Unpaid]) -> list[Visit]:
    """What each of them does on each day."""
    fate = random.Random(7)  # noqa: S311 — the same week each time
    debts = list(unpaid)
    visits: list[Visit] = []
    for person in people():
        if person.city:
            here = [one for one in company.served if one.client.city == person.city]
            visits += [
                partial(_visit, office, company, person, at, *what)
                for at in _starts(company, person, fate)
                if (what := _what(person, at, company, here, debts, fate))
            ]
    return visits


def _starts(company: Company, person: Person, fate: random.Random) -> list[datetime]:
    zone = ZONES[person.city]  # type: ignore[index]  # whoever goes to doors has a city
    starts, _ = person.shift
    days = [company.today(zone) + timedelta(days=day) for day in DAYS]
    begins = [company.at(on, starts, zone) for on in days]
    return [begin + timedelta(minutes=minutes) for begin in begins for minutes in PLACES if fate.random() < FILLED]


def _what(
    person: Person, at: datetime, company: Company, here: list[Served], debts: list[Unpaid], fate: random.Random
) -> tuple[Served, JobKind, UUID | None] | None:
    """For whom and why: agents collect what is open, then look at equipment; technicians repair what stands there."""
    if "agent" in person.roles.split() and at > company.now:
        for debt in debts:
            if debt.served.client.city == person.city:
                debts.remove(debt)
                return debt.served, "collection", debt.invoice_id
    fitting = [one for one in here if SKILL[one.client.asset_kind] in person.skills.split()] or (
        here if "agent" in person.roles.split() else []
    )
    if not fitting:
        return None
    kind: JobKind = (
        fate.choice(["repair", "inspection", "install"]) if at > company.now and "technician" in person.roles.split() else "inspection"
    )
    return fate.choice(fitting), kind, None


async def _visit(
    office: Office, company: Company, person: Person, at: datetime, served: Served, kind: JobKind, invoice_id: UUID | None
) -> None:
    technician_id = company.staff[person.email]
    asked_at = min(at, company.now) - timedelta(days=2)
    symptom = "" if kind == "collection" else SYMPTOMS[served.client.asset_kind][at.day % 3]
    job = NewJob(
        customer_id=served.customer_id, site_id=served.site_id, kind=kind, symptom=symptom, duration_minutes=15 if kind == "collection" else 60,
        arrival_minutes=60, collects_invoice_ids=[invoice_id] if invoice_id else [],
    )  # fmt: skip
    dispatcher = office.person(company.staff["dispatch@tejo-spree.example"], "dispatcher")
    opened = await office.do(open_job, at=asked_at, by=dispatcher, job=job)
    booking = Booking(technician_id=technician_id, from_=at, via="phone")
    visit = await office.do(book_visit, at=asked_at, by=dispatcher, job_id=opened.id, booking=booking)
    if at - company.now < timedelta(hours=6):
        await office.do(dispatch_visit, at=min(at - timedelta(hours=5), company.now), by=dispatcher, visit_id=visit.id)
        await _do_it(office, company, technician_id, visit.id, begins=at, ends=at + timedelta(minutes=job.duration_minutes))


async def _do_it(office: Office, company: Company, technician_id: UUID, visit_id: UUID, *, begins: datetime, ends: datetime) -> None:
    """As far as it has come by now."""
    technician = office.person(technician_id, "technician")
    steps: tuple[tuple[datetime, VerbRule[..., Stepped], dict[str, Any]], ...] = (
        (begins - timedelta(minutes=60), accept_visit, {}),
        (begins - timedelta(minutes=18), set_out_to_visit, {}),
        (begins + timedelta(minutes=4), arrive_at_visit, {}),
        (begins + timedelta(minutes=6), start_visit, {"item_ids": []}),
        (ends - timedelta(minutes=3), complete_visit, {}),
    )
    for at, step, values in steps:
        if at <= company.now:
            await office.do(step, at=at, by=technician, visit_id=visit_id, **values)
