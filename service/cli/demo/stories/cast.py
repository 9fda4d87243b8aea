"""Who takes part, and what the stories begin with. Times are relative to now: a story is told in seconds, and the next free slot is a real one."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from service.cli.demo.mould import PASSWORD
from service.cli.demo.teller import PATIENCE_SECONDS, StoryBroken, Teller, Voice
from service.integrations.mail_standin import Mailbox
from service.integrations.stripe.standin.remote import Standin

ZONE = "Europe/Berlin"
"""Where the stories' sites are; every time that is told is a wall clock's there."""


@dataclass
class Cast:
    """The company's people over HTTP, and the outside that answers them."""

    http: httpx.AsyncClient
    organisation_id: str
    stripe: Standin
    mailbox: Mailbox
    """Where the customers' mail arrives, if another demo's work on the same company didn't send it to its own."""
    voices: dict[str, Voice] = field(default_factory=dict)
    """By role: those who sit in the office."""
    items: dict[str, str] = field(default_factory=dict)
    """The price book: code to id."""
    emails: dict[str, str] = field(default_factory=dict)
    """Staff by id."""
    met: dict[str, str] = field(default_factory=dict)
    """The stories' customers: name to id."""

    @property
    def dispatcher(self) -> Voice:
        """Books the day."""
        return self.voices["dispatcher"]

    @property
    def office(self) -> Voice:
        """Bills, and answers the telephone."""
        return self.voices["back_office"]


async def signed_in(http: httpx.AsyncClient, *, email: str, name: str) -> tuple[Voice, dict[str, Any]]:
    """A member of staff's voice, and what signing in answered."""
    answer = await http.post("/v1/sign-in", json={"email": email, "password": PASSWORD})
    answer.raise_for_status()
    tokens: dict[str, Any] = answer.json()
    return Voice(http, name=name, credential=tokens["access_token"]), tokens


async def gather(http: httpx.AsyncClient, stripe: Standin, mailbox: Mailbox) -> Cast:
    """Signs the office in and reads who is who."""
    cast = Cast(http=http, organisation_id="", stripe=stripe, mailbox=mailbox)
    for role, email in (("manager", "manager"), ("dispatcher", "dispatch"), ("back_office", "office")):
        cast.voices[role], _ = await signed_in(http, email=f"{email}@tejo-spree.example", name=role.replace("_", " "))
    manager = cast.voices["manager"]
    cast.organisation_id = (await manager.send("GET", "/v1/organisation")).json()["id"]
    cast.items = {one["code"]: one["id"] for one in (await manager.send("GET", "/v1/catalogue?limit=200")).json()["items"]}
    cast.emails = {one["id"]: one["email"] for one in (await manager.send("GET", "/v1/staff?limit=200")).json()["items"]}
    return cast


async def mailed_link(cast: Cast, *, offer_id: str) -> str:
    """The token of the offer's link, out of the mail that only the customer gets. Raises StoryBroken."""
    until = perf_counter() + PATIENCE_SECONDS
    while perf_counter() < until:
        for mail in cast.mailbox.newest(MAILS_LOOKED_AT):
            body = mail.get_body(("plain",))
            text = body.get_content() if body else ""
            if offer_id[-12:] in text and (link := _LINK.search(text)):
                return link[1]
        await asyncio.sleep(0.05)
    raise StoryBroken("the mail with the link never came")


MAILS_LOOKED_AT = 20
_LINK = re.compile(r"/a/(l_[A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class Met:
    """A customer as the story knows them."""

    customer_id: str
    contact_id: str
    site_id: str


async def meet(story: Teller, cast: Cast, *, name: str, reference: str, address: str) -> Met:
    """A customer with a contact and a site. A story told again meets the same one, so that no telling adds to the company."""
    customer = {"name": name, "zone": ZONE, "reference": reference}
    customer_id = await known_or_added(
        story, cast.office, f"{name} becomes a customer", "/v1/customers", customer, f"?reference={reference}"
    )
    cast.met[name] = customer_id
    path = f"/v1/customers/{customer_id}"
    contact = {"name": name, "channel": "email", "address": "story@mail.example", "may_authorise": True}
    contact_id = await known_or_added(story, cast.office, "with a way to reach them", f"{path}/contacts", contact)
    site = {"address": address, "zone": ZONE, "latitude_e7": 525200000, "longitude_e7": 134100000}
    site_id = await known_or_added(story, cast.office, "and a site", f"{path}/sites", site)
    return Met(customer_id, contact_id, site_id)


async def known_or_added(story: Teller, voice: Voice, told: str, path: str, document: dict[str, Any], which: str = "") -> str:
    """The id of the first there is in a list, or of what is added to it."""
    known = (await voice.send("GET", f"{path}{which}")).json()["items"]
    if known:
        return str((await story.ask(f"{told} (known from before)", voice, "GET", f"{path}/{known[0]['id']}"))["id"])
    return str((await story.ask(told, voice, "POST", path, document))["id"])


@dataclass(frozen=True)
class Booked:
    """A visit, and the one who goes there."""

    job_id: str
    scope_id: str
    visit_id: str
    visitor: Voice
    visitor_id: str


async def book(story: Teller, cast: Cast, *, job: dict[str, Any], who: str) -> Booked:
    """A job, its first free slot, the booking with its promise, and the visitor at the door."""
    dispatcher = cast.dispatcher
    opened = await story.ask(f"a {job['kind']} job is opened", dispatcher, "POST", "/v1/jobs", job)
    slots = await story.ask(
        "where it would fit, by shift, skill and what stands there already",
        dispatcher,
        "POST",
        f"/v1/jobs/{opened['id']}/slots",
        {"days": 3},
        says=lambda answer: f"{sum(len(day['slots']) for day in answer['days'])} free slots",
        claims=lambda answer: {"there is a real free slot": any(day["slots"] for day in answer["days"])},
    )
    slot = next(slot for day in slots["days"] for slot in day["slots"])
    visit = await story.ask(
        "the first of them is booked",
        dispatcher,
        "POST",
        f"/v1/jobs/{opened['id']}/visits",
        {"technician_id": slot["technician_id"], "from": slot["from"], "via": "phone"},
        says=lambda answer: f"for {_clock(datetime.fromisoformat(answer['local_from']))} at the site",
        claims=lambda answer: {"the slot offered is the slot booked": answer["from"] == slot["from"]},
    )
    await story.ask(
        "which promises the arrival window",
        dispatcher,
        "GET",
        f"/v1/promises?subject_id={visit['id']}",
        says=lambda answer: f"arrive by {clock_at_the_site(answer['items'][0]['due_at'])} at the site",
        claims=lambda answer: {"the arrival window is promised": [one["state"] for one in answer["items"]] == ["open"]},
    )
    visitor, _ = await signed_in(cast.http, email=cast.emails[slot["technician_id"]], name=who)
    path = f"/v1/visits/{visit['id']}"
    await story.ask(f"the visit is sent to the {who}", dispatcher, "POST", f"{path}/dispatch", {})
    await story.ask(f"the {who} accepts it", visitor, "POST", f"{path}/accept", {})
    await story.ask("sets out", visitor, "POST", f"{path}/en-route", {})
    await story.ask(
        "and is there",
        visitor,
        "POST",
        f"{path}/arrive",
        {},
        says=lambda answer: answer["state"],
        claims=lambda answer: {"the visitor is on site": answer["state"] == "on_site"},
    )
    return Booked(opened["id"], opened["scope_id"], visit["id"], visitor, slot["technician_id"])


def clock_at_the_site(instant: str) -> str:
    """An instant as the clock on the wall there shows it."""
    return _clock(datetime.fromisoformat(instant).astimezone(ZoneInfo(ZONE)))


def _clock(local: datetime) -> str:
    return f"{local:%a %d %b, %H:%M}"


def money(minor: int, currency: str = "EUR") -> str:
    """As people write it."""
    return f"{minor / 100:.2f} {currency}"
