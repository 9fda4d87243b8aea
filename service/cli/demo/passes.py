"""Writes `.sayso/demo.json`: where the demo answers, and one credential for each role, for whoever wants to try it by hand or by program."""

import json
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from service.cli.demo.house import OTHER_EMAIL
from service.cli.demo.mould import PASSWORD, ZONES
from service.cli.demo.stories.cast import Cast, mailed_link, signed_in
from service.cli.demo.teller import StoryBroken, Voice

ROLES = {
    "dispatcher": "dispatch@tejo-spree.example",
    "technician": "emre.kaya@tejo-spree.example",
    "agent": "omar.rahimi@tejo-spree.example",
    "back_office": "office@tejo-spree.example",
    "manager": "manager@tejo-spree.example",
}
SYMPTOM = "No light on the fibre since this morning."
KEY_LASTS = timedelta(days=30)


async def write_passes(path: Path, *, cast: Cast, url: str) -> dict[str, Any]:
    """Signs everybody in, makes an API key and a customer's link, and writes all of it for this user's eyes alone."""
    roles = {role: await _pass(cast.http, email) for role, email in ROLES.items()}
    link, job_id = await _customer_link(cast, url)
    await give_a_visit(
        cast, Voice(cast.http, name="technician", credential=roles["technician"]["access_token"]), job_id, at=datetime.now(UTC)
    )
    passes = {
        "base_url": url,
        "organisation_id": cast.organisation_id,
        **roles,
        "api_key": await _api_key(cast),
        "customer_link": link,
        "other_organisation": await _pass(cast.http, OTHER_EMAIL),
    }
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(passes, file, indent=2)
    new.replace(path)
    return passes


def take_back(path: Path, passes: dict[str, Any]) -> None:
    """Removes the file once nothing answers there any more, unless another demo has written its own by now."""
    with suppress(FileNotFoundError, ValueError):
        if json.loads(path.read_bytes()) == passes:
            path.unlink()


async def _pass(http: httpx.AsyncClient, email: str) -> dict[str, Any]:
    """A token is good for 15 minutes; the password makes the next one at `POST /v1/sign-in`."""
    _, tokens = await signed_in(http, email=email, name=email)
    expires_at = datetime.now(UTC) + timedelta(seconds=tokens["expires_in"])
    return {
        "email": email,
        "password": PASSWORD,
        "staff_id": tokens["staff_id"],
        "access_token": tokens["access_token"],
        "refresh_token": tokens["refresh_token"],
        "expires_at": expires_at.isoformat(timespec="seconds"),
    }


async def _api_key(cast: Cast) -> dict[str, Any]:
    now = datetime.now(UTC)
    scopes = [
        "customers:read",
        "catalogue:read",
        "jobs:read",
        "visits:read",
        "facts:read",
        "timeline:read",
        "subscriptions:read",
        "invoices:read",
    ]
    wanted = {"name": f"demo of {now:%d %b, %H:%M}", "scopes": scopes, "expires_at": (now + KEY_LASTS).isoformat()}
    answer = await cast.voices["manager"].send("POST", "/v1/api-keys", wanted)
    answer.raise_for_status()
    return {"key": answer.json()["key"], "scopes": scopes}


async def _customer_link(cast: Cast, url: str) -> tuple[dict[str, Any], str]:
    """An offer that waits for its customer's answer, and the job it is made for: one until it is worked on, then the next."""
    office = cast.office
    customers = (await office.send("GET", "/v1/customers?limit=200")).json()["items"]
    customer = next(one for one in customers if (one["zone"], one["language"]) == (ZONES["Berlin"], "en"))  # the technician goes there
    contacts = (await office.send("GET", f"/v1/customers/{customer['id']}/contacts")).json()["items"]
    contact = next(one for one in contacts if one["channel"] == "email" and one["may_authorise"])
    sites = (await office.send("GET", f"/v1/customers/{customer['id']}/sites")).json()["items"]
    jobs = (await office.send("GET", f"/v1/jobs?customer_id={customer['id']}&state=open")).json()["items"]
    known = [(await office.send("GET", f"/v1/jobs/{job['id']}")).json() for job in jobs]
    opened = next((job for job in known if job["symptom"] == SYMPTOM), None)
    if opened is None:
        job = {"customer_id": customer["id"], "site_id": sites[0]["id"], "kind": "repair", "symptom": SYMPTOM}
        opened = (await office.send("POST", "/v1/jobs", job)).json()
    items = [{"book_item": cast.items[code], "quantity": "1"} for code in ("DIAG-ROUTER", "ROUTER-FR3", "TRAVEL")]
    offer = (await office.send("POST", f"/v1/jobs/{opened['id']}/offers", {"items": items})).json()
    answer = await office.send("POST", f"/v1/offers/{offer['id']}/present", {"contact_id": contact["id"], "language": customer["language"]})
    answer.raise_for_status()
    shown, token = answer.json(), await mailed_link(cast, offer_id=offer["id"])
    link = {
        "token": token,
        "presentation_id": shown["presentation_id"],
        "page": f"{url}/a/{token}",
        "customer_id": customer["id"],
    }
    return link, opened["id"]


async def give_a_visit(cast: Cast, technician: Voice, job_id: str, *, at: datetime) -> None:
    """Sends the technician a visit which is on their page today, unless one is there that isn't over; the next one where stories told before took all of today."""
    day = (await technician.send("GET", "/v1/me/day")).json()
    if any(visit["state"] in {"dispatched", "accepted", "en_route", "on_site", "working", "paused"} for visit in day["visits"]):
        return
    asked = {"days": 1, "technician_id": day["technician_id"]}
    slots = (await cast.dispatcher.send("POST", f"/v1/jobs/{job_id}/slots", asked)).json()["days"][0]["slots"]
    free = [datetime.fromisoformat(slot["from"]) for slot in slots]
    today = [one for one in free if str(one.astimezone(ZoneInfo(day["zone"])).date()) == day["on"]]
    soon = at + timedelta(seconds=10)  # nothing is booked into the past, and the request takes a moment
    for begins in (*today[:1], *(soon + timedelta(minutes=10 * tens) for tens in range(6 * 24))):
        answer = await _book(cast, day, job_id, at=begins)
        if answer.status_code != 409:
            answer.raise_for_status()
            (await cast.dispatcher.send("POST", f"/v1/visits/{answer.json()['id']}/dispatch", {})).raise_for_status()
            return
    raise StoryBroken("no time within a day is free for a visit of the technician")


async def _book(cast: Cast, day: dict[str, Any], job_id: str, *, at: datetime) -> httpx.Response:
    """A visit at that time, in two hours of work from then on where there is no shift."""
    booking = {"technician_id": day["technician_id"], "from": at.isoformat(), "via": "phone"}
    answer = await cast.dispatcher.send("POST", f"/v1/jobs/{job_id}/visits", booking)
    if answer.status_code != 409 or answer.json()["code"] != "OUTSIDE_SHIFT":
        return answer
    local = at.astimezone(ZoneInfo(day["zone"]))
    shift = {"from_on": str(local.date()), "until_on": str(local.date() + timedelta(days=1))}
    hours = {"starts": f"{local:%H:%M:00}", "ends": f"{local + timedelta(hours=2):%H:%M:00}"}
    added = await cast.dispatcher.send("POST", f"/v1/technicians/{day['technician_id']}/shifts", shift | hours)
    return await cast.dispatcher.send("POST", f"/v1/jobs/{job_id}/visits", booking) if added.is_success else answer
