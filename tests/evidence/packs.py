"""Ordinary jobs whose evidence is asked for, and packs rewritten by whoever has the signing key."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from service.evidence import archives
from service.evidence.archives import written
from service.evidence.packs import EVIDENCE, FILES, KEYS, MANIFEST, manifest_of
from service.evidence.records.packs import MEMBERS, PackTold
from service.evidence.verifying import verify_pack
from service.kit.signatures import Keys
from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.billing.builders import pay
from tests.world import World

AFTER_ALL_MINIMUMS = datetime(2035, 1, 1, 12, 0, tzinfo=UTC)
"""Eight years from the end of 2026."""


class Job(NamedTuple):
    """A matter with what was agreed, done and billed, and the receipts that the customer holds."""

    matter: Matter
    receipts: list[str]

    async def evidence(self) -> bytes:
        """Its pack."""
        answer = await self.matter.world.get(f"/v1/scopes/{self.matter.scope_id}/evidence")
        assert answer.status_code == 200, answer.text
        return answer.content


async def job(world: World, *, of: Matter | None = None) -> Job:
    """Three items offered by link, two agreed to; an oral consent to more; work; a refused attempt and an invoice; one item taken back."""
    matter = of or await Matter(world).begin()
    showing = await shown(matter, {"description": "Oil change"}, {"description": "Brake pads, front"}, {"description": "Wiper blades"})
    first = (await showing.answer(*showing.items[:2], declined=showing.items[2:])).json()
    more = await matter.offer({"description": "Spark plugs"})
    second = await matter.consent(more, channel="oral_phone", number_called="+49 30 555 0199")
    world.clock.forward(minutes=5)
    for item in showing.items[:2]:
        await matter.work(item)
    assert await matter.refused({"item_id": showing.items[2]}) == ["AUTH_DECLINED"]
    await matter.posted({"item_id": showing.items[0]}, {"item_id": showing.items[1]})
    revoked = await world.done("POST", f"/v1/authorisations/{second['id']}/revoke", {"channel": "oral_phone"})
    return Job(matter, [first["receipt"], second["receipt"], revoked["receipt"]])


async def matter_in(
    world: World, *, policy: str | None = None, law: dict[str, str] | None = None, zone: str = "Europe/Berlin", jurisdiction: str = "ZZ"
) -> Matter:
    """A matter of a job at a place, under a policy of that name and law."""
    matter = await Matter(world).begin()
    if policy:
        await world.done("POST", "/v1/policies", {"name": policy, "citation": "a test", **(law or {})})
    place = {"address": "1 Long Road", "zone": zone, "jurisdiction": jurisdiction}
    site = await world.done("POST", f"/v1/customers/{matter.customer_id}/sites", place)
    document = {"customer_id": matter.customer_id, "site_id": site["id"], "kind": "repair", "policy_name": policy}
    opened = await world.done("POST", "/v1/jobs", document)
    matter.scope_id, matter.job_id, matter.site_id = UUID(opened["scope_id"]), opened["id"], site["id"]
    return matter


async def paid(one: Job) -> None:
    """Nothing of the customer's is open any more."""
    [invoice] = (await one.matter.world.done("GET", f"/v1/invoices?customer_id={one.matter.customer_id}"))["items"]
    await pay(one.matter.world, invoice["total_minor"], invoice_id=invoice["id"])
    await ended(one.matter)


async def ended(matter: Matter) -> None:
    """Its job, where it has one, goes on no more."""
    if matter.job_id:
        await matter.world.done("POST", f"/v1/jobs/{matter.job_id}/cancel")


def read(content: bytes) -> dict[str, bytes]:
    """The files of a pack."""
    return archives.read(content, names=FILES)


def codes(content: bytes, keys: Any, held: list[str] | None = None) -> set[str]:
    """The codes of what doesn't hold in a pack."""
    return {fault.code for finding in verify_pack(content, keys=keys, held=held or []) for fault in finding.faults}


def rewritten(content: bytes, change: Callable[[dict[str, Any]], None], *, keys: Keys) -> bytes:
    """The pack changed and signed anew, as only the company itself could; `change` gets its parts by name."""
    members = read(content)
    parts = {name: json.loads(members[name]) for name in MEMBERS}
    change({name.removesuffix(".json"): part for name, part in parts.items()})
    members |= {name: json.dumps(part, separators=(",", ":")).encode() for name, part in parts.items()}
    told = PackTold(**{name.removesuffix(".json"): msgspec.convert(parts[name], kind) for name, kind in MEMBERS.items()})
    members[KEYS] = msgspec.json.encode(keys.as_set())
    files = {name: one for name, one in members.items() if name != MANIFEST}
    return written({MANIFEST: keys.sign(manifest_of(told, files), typ=EVIDENCE).encode(), **files})
