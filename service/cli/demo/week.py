"""A week of visits around now: what is past was done, what is going on is going on, two or three run late, the rest is booked, with room left for more; and jobs wait for somebody."""

import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

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
FILLED, ON_CALL = 0.55, 0.15
AWAKE = range(6, 21)
"""Hours in which people let others in; at night somebody is on call, to repair."""
BEHIND = frozenset({"Paul Richter", "Katja Wolf", "Tomás Nunes", "Inês Carvalho"})
"""Who is held up today, one a shift."""
HELD_UP = timedelta(minutes=110)
WAITING: tuple[tuple[JobKind, int, int, int, int], ...] = (
    ("repair", 1, 60, 1, 1),
    ("repair", 2, 60, 1, 1),
    ("install", 3, 90, 1, 1),
    ("inspection", 4, 60, 1, 1),
    ("install", 3, 120, 2, 1),
    ("repair", 3, 240, 1, 2),
)
"""Jobs that nobody goes to yet: kind, priority, minutes, how many go, how often."""
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


def plan_waiting(office: Office, company: Company) -> list[Visit]:
    """Jobs for a dispatcher to place."""
    fate = random.Random(8)  # noqa: S311 — the same ones each time
    return [
        partial(_wait, office, company, served, hours, *what)
        for hours, (served, what) in enumerate(zip(fate.sample(company.served, len(WAITING)), WAITING, strict=True), start=1)
    ]


async def _wait(
    office: Office, company: Company, served: Served, hours: int, kind: JobKind, priority: int, minutes: int, crew: int, visits: int
) -> None:
    asset = served.client.asset_kind
    job = NewJob(
        customer_id=served.customer_id, site_id=served.site_id, kind=kind, priority=priority, symptom=SYMPTOMS[asset][hours % 3], skills={SKILL[asset]: 1},
        duration_minutes=minutes, arrival_minutes=60, crew_size=crew, visits_needed=visits,
    )  # fmt: skip
    dispatcher = office.person(company.staff["dispatch@tejo-spree.example"], "dispatcher")
    await office.do(open_job, at=company.now - timedelta(hours=hours), by=dispatcher, job=job)


def _starts(company: Company, person: Person, fate: random.Random) -> list[datetime]:
    zone = ZONES[person.city]  # type: ignore[index]  # whoever goes to doors has a city
    starts, _ = person.shift
    days = [company.today(zone) + timedelta(days=day) for day in DAYS]
    begins = [company.at(on, starts, zone) for on in days]
    every = [begin + timedelta(minutes=minutes) for begin in begins for minutes in PLACES]
    return [at for at in every if fate.random() < (FILLED if _awake(at, zone) else ON_CALL) and (_awake(at, zone) or at > company.now)]


def _awake(at: datetime, zone: str) -> bool:
    return at.astimezone(ZoneInfo(zone)).hour in AWAKE


def _what(
    person: Person, at: datetime, company: Company, here: list[Served], debts: list[Unpaid], fate: random.Random
) -> tuple[Served, JobKind, UUID | None] | None:
    """For whom and why: agents collect what is open, then look at equipment; technicians repair what stands there."""
    awake = _awake(at, ZONES[person.city])  # type: ignore[index]  # whoever goes to doors has a city
    if "agent" in person.roles.split() and at > company.now and awake:
        for debt in debts:
            if debt.served.client.city == person.city:
                debts.remove(debt)
                return debt.served, "collection", debt.invoice_id
    fitting = [one for one in here if SKILL[one.client.asset_kind] in person.skills.split()] or (
        here if "agent" in person.roles.split() else []
    )
    if not fitting:
        return None
    kinds: list[JobKind] = ["inspection"]
    if at > company.now and "technician" in person.roles.split():
        kinds = ["repair", "inspection", "install"] if awake else ["repair"]
    return fate.choice(fitting), fate.choice(kinds), None


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
        held_up = person.name in BEHIND and at > company.now - HELD_UP
        steps = _steps(begins=at, ends=at + timedelta(minutes=job.duration_minutes))[: 1 if held_up else None]
        for moment, step, values in steps:
            if moment <= company.now:
                await office.do(step, at=moment, by=office.person(technician_id, "technician"), visit_id=visit.id, **values)


def _steps(*, begins: datetime, ends: datetime) -> list[tuple[datetime, VerbRule[..., Stepped], dict[str, Any]]]:
    """How a visit goes."""
    return [
        (begins - timedelta(minutes=60), accept_visit, {}),
        (begins - timedelta(minutes=18), set_out_to_visit, {}),
        (begins + timedelta(minutes=4), arrive_at_visit, {}),
        (begins + timedelta(minutes=6), start_visit, {"item_ids": []}),
        (ends - timedelta(minutes=3), complete_visit, {}),
    ]
