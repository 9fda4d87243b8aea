"""Writes `.sayso/demo.json`: where the demo answers, and one credential for each role, for whoever wants to try it by hand or by program."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from service.cli.demo.house import OTHER_EMAIL
from service.cli.demo.mould import PASSWORD
from service.cli.demo.stories.cast import Cast, mailed_link, signed_in

ROLES = {
    "dispatcher": "dispatch@tejo-spree.example",
    "technician": "emre.kaya@tejo-spree.example",
    "agent": "omar.rahimi@tejo-spree.example",
    "back_office": "office@tejo-spree.example",
    "manager": "manager@tejo-spree.example",
}
KEY_LASTS = timedelta(days=30)


async def write_passes(path: Path, *, cast: Cast, url: str) -> dict[str, Any]:
    """Signs everybody in, makes an API key and a customer's link, and writes all of it for this user's eyes alone."""
    roles = {role: await _pass(cast.http, email) for role, email in ROLES.items()}
    passes = {
        "base_url": url,
        "organisation_id": cast.organisation_id,
        **roles,
        "api_key": await _api_key(cast),
        "customer_link": await _customer_link(cast, url),
        "other_organisation": await _pass(cast.http, OTHER_EMAIL),
    }
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(passes, file, indent=2)
    new.replace(path)
    return passes


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


async def _customer_link(cast: Cast, url: str) -> dict[str, Any]:
    """An offer that waits for its customer's answer."""
    office = cast.office
    customer = (await office.send("GET", "/v1/customers?limit=1")).json()["items"][0]
    contacts = (await office.send("GET", f"/v1/customers/{customer['id']}/contacts")).json()["items"]
    contact = next(one for one in contacts if one["channel"] == "email" and one["may_authorise"])
    sites = (await office.send("GET", f"/v1/customers/{customer['id']}/sites")).json()["items"]
    job = {"customer_id": customer["id"], "site_id": sites[0]["id"], "kind": "repair", "symptom": "No light on the fibre."}
    opened = (await office.send("POST", "/v1/jobs", job)).json()
    items = [{"book_item": cast.items[code], "quantity": "1"} for code in ("DIAG-ROUTER", "ROUTER-FR3", "TRAVEL")]
    offer = (await office.send("POST", f"/v1/jobs/{opened['id']}/offers", {"items": items})).json()
    answer = await office.send("POST", f"/v1/offers/{offer['id']}/present", {"contact_id": contact["id"], "language": customer["language"]})
    answer.raise_for_status()
    shown, token = answer.json(), await mailed_link(cast, offer_id=offer["id"])
    return {
        "token": token,
        "presentation_id": shown["presentation_id"],
        "page": f"{url}/a/{token}",
        "customer_id": customer["id"],
    }
