"""Runs a case end to end through the public API of a server with a settable clock."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec

from tests.conformance.cases import Auth, Case, Invoice, Item, Line, Policy

OPENED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
WORK_STARTS, WORK_TAKES = 100, 60
NO_POLICY = Policy()
Step = tuple[int, int, Callable[[int], Awaitable[None]]]
"""At which minute, in which order within it, and what."""


class Unexpected(Exception):
    """The server refused what a case takes for granted."""


class Office:
    """The company that all cases of a run happen in."""

    def __init__(self, http: httpx.AsyncClient, bearer: str) -> None:
        self.http = http
        self.bearer = bearer
        self._policies: dict[str, asyncio.Task[Any]] = {}

    async def ask(self, path: str, document: Any, *, at: int, bearer: str | None = None) -> httpx.Response:
        """One request at that minute."""
        headers = {
            "Authorization": f"Bearer {bearer or self.bearer}",
            "Idempotency-Key": str(uuid4()),
            "Sayso-Test-Clock": (OPENED + timedelta(minutes=at)).isoformat(),
        }
        return await self.http.post(path, json=document, headers=headers)

    async def do(self, path: str, document: Any, *, at: int, bearer: str | None = None) -> Any:
        """The answer to a request that must succeed; raises Unexpected."""
        answer = await self.ask(path, document, at=at, bearer=bearer)
        if not answer.is_success:
            raise Unexpected(f"POST {path}: {answer.status_code} {answer.text[:400]}")
        return answer.json()

    async def policy(self, name: str, policy: Policy) -> str | None:
        """The name under which the policy is published for this run, once; None where no tolerance needs none."""
        if policy == NO_POLICY:
            return None
        digest = hashlib.sha256(msgspec.json.encode(policy)).hexdigest()[:8].upper()
        published = f"{name}-{digest}"
        if published not in self._policies:
            document = {
                "name": published, "citation": f"conformance: {name}", "combine": policy.combine, "percent_of": policy.pct or "0",
                "abs_minor": policy.abs or 0, "hard_cap_minor": policy.hardcap, "at_limit_refuses": policy.boundary == "ge",
                "consent_deadline": policy.consent if policy.ratification == "refuse" else "after_work", "record_lag_seconds": 60 * policy.record_lag,
                "requires_written_offer": policy.requires_written_offer,
            }  # fmt: skip
            self._policies[published] = asyncio.create_task(self.do("/v1/policies", document, at=-100))
        await self._policies[published]
        return published


class Run:
    """One case under way."""

    def __init__(self, office: Office, case: Case, policy: Policy) -> None:
        self.office, self.matter, self.policy = office, case.case, policy
        self.rates = {line.item: invoice.tax.rate for invoice in self.matter.invoices if invoice.tax for line in invoice.lines}
        self.jobs: dict[str, dict[str, Any]] = {}
        self.items: dict[str, str] = {}
        self.offered = {item.id: item for auth in self.matter.auths for item in auth.items}
        self.acts: dict[str, str] = {}
        self.totals: dict[str, int] = {}
        self.offers: dict[str, dict[str, Any]] = {}
        self.records: dict[str, str] = {}
        self.invoices: list[dict[str, Any]] = []

    async def verdicts(self) -> list[tuple[str, str]]:
        """What became of each invoice, in order. Raises Unexpected."""
        await self._begin()
        steps = [*self._acts(), *self._events(), *self._deeds()]
        at = 0
        for at, _, step in sorted(steps, key=lambda one: one[:2]):
            await step(at)
        return [await self._bill(invoice, at + number) for number, invoice in enumerate(self.matter.invoices, 1)]

    def _acts(self) -> Iterator[Step]:
        for auth in self.matter.auths:
            yield auth.recorded_at or auth.at, 0, partial(self._consent, auth)

    def _events(self) -> Iterator[Step]:
        for event in self.matter.events:
            yield event.at, 1, partial(self._revoke if event.type == "revoked" else self._supersede, event.auth)

    def _deeds(self) -> Iterator[Step]:
        """Work is recorded once it is over, and consents that came after it first."""
        for auth in self.matter.auths:
            for item in auth.items:
                started, ended = self._worked(item.id)
                yield max(ended, auth.recorded_at or auth.at), 2, partial(self._work, item, (started, ended))

    async def _begin(self) -> None:
        self.customer = (await self.office.do("/v1/customers", {"name": "Ada Owner", "zone": "UTC"}, at=-90))["id"]
        self.site = (await self.office.do(f"/v1/customers/{self.customer}/sites", {"address": "1 Mill Lane", "zone": "UTC"}, at=-90))["id"]
        self.contacts = {
            entitled: (
                await self.office.do(
                    f"/v1/customers/{self.customer}/contacts",
                    {"name": "Ada Owner", "channel": "email", "address": "ada@a.example", "may_authorise": entitled},
                    at=-90,
                )
            )["id"]
            for entitled in (True, False)
        }

    async def _job(self, name: str) -> dict[str, Any]:
        if name not in self.jobs:
            policy_name = await self.office.policy(self.matter.policy, self.policy)
            document = {"customer_id": self.customer, "site_id": self.site, "kind": "repair", "currency": "USD", "policy_name": policy_name}
            self.jobs[name] = await self.office.do("/v1/jobs", document, at=-80)
        return self.jobs[name]

    def _item(self, item: Item) -> dict[str, Any]:
        return {
            "quantity": item.qty, "kind": "labour", "description": f"Item {item.id}", "unit": item.unit, "unit_price": str(item.price),
            "tax_category": "S", "tax_rate": self.rates.get(item.id, "0"), "sku": item.sku, "alternates": item.alts, "condition": item.cond,
            "method": item.method, "conversions": {unit: str(factor) for unit, factor in item.conv.items()},
        }  # fmt: skip

    async def _consent(self, auth: Auth, at: int) -> None:
        job = await self._job(auth.job)
        until = None if auth.valid_until is None else (OPENED + timedelta(minutes=auth.valid_until)).isoformat()
        wording = {"items": [self._item(item) for item in auth.items], "cap": auth.cap, "tax_basis": auth.tax_basis, "valid_until": until}
        offer = await self.office.do(f"/v1/jobs/{job['id']}/offers", wording, at=auth.at)
        self.offers[auth.id] = offer
        self.items |= {item.id: offered for item, offered in zip(auth.items, offer["item_ids"], strict=True)}
        if auth.decision == "silence":
            await self._presented(offer, auth.at, entitled=auth.entitled)
            return
        declined = {item.id for item in auth.items} if auth.decision == "declined" else set(auth.declined_items)
        answer = {
            "offer_hash": offer["offer_hash"],
            "approved": [self.items[item.id] for item in auth.items if item.id not in declined],
            "declined": [self.items[item] for item in sorted(declined)],
        }
        act = await (self._told(auth, offer, answer, at) if auth.oral else self._tapped(auth, offer, answer, at))
        self.acts[auth.id], self.totals[auth.job] = act["id"], act["revised_total_minor"]

    async def _presented(self, offer: dict[str, Any], at: int, *, entitled: bool) -> dict[str, Any]:
        """On our own phone, handed over: the one channel whose link is ours to hold."""
        document = {"contact_id": self.contacts[entitled], "channel": "on_device"}
        shown: dict[str, Any] = await self.office.do(f"/v1/offers/{offer['id']}/present", document, at=at)
        return shown

    async def _tapped(self, auth: Auth, offer: dict[str, Any], answer: dict[str, Any], at: int) -> dict[str, Any]:
        shown = await self._presented(offer, auth.at, entitled=auth.entitled)
        path = f"/v1/presentations/{shown['presentation_id']}/answer"
        act: dict[str, Any] = await self.office.do(path, answer, at=at, bearer=shown["token"])
        return act

    async def _told(self, auth: Auth, offer: dict[str, Any], answer: dict[str, Any], at: int) -> dict[str, Any]:
        """An oral consent; what it comes to is told as the server will reckon it."""
        channel = auth.channel if auth.channel.startswith("oral") else "oral_in_person"
        authoriser = {"name": auth.by, "contact_id": self.contacts[auth.entitled]} if auth.by else {}
        said = answer | {
            "channel": channel, "consented_at": (OPENED + timedelta(minutes=auth.at)).isoformat(), "authoriser": authoriser,
            "number_called": auth.contact, "received_by": auth.recorded_by, "conditions": auth.conditions,
        }  # fmt: skip
        added = sum(
            _rounded(Fraction(item.qty) * Fraction(str(item.price))) for item in auth.items if self.items[item.id] in answer["approved"]
        )
        total = self.totals.get(auth.job, 0) + added
        act: dict[str, Any] = await self.office.do(
            f"/v1/offers/{offer['id']}/oral-consents", said | {"added_minor": added, "total_minor": total}, at=at
        )
        return act

    async def _revoke(self, auth: str, at: int) -> None:
        await self.office.do(f"/v1/authorisations/{self.acts[auth]}/revoke", {"channel": "oral_phone", "received_by": "tech7"}, at=at)

    async def _supersede(self, auth: str, at: int) -> None:
        """A new revision without the items, agreed to."""
        other = {
            "quantity": "1",
            "kind": "labour",
            "description": "Something else",
            "unit": "EA",
            "unit_price": "0",
            "tax_category": "S",
            "tax_rate": "0",
        }
        offer = await self.office.do(f"/v1/offers/{self.offers[auth]['id']}/revisions", {"items": [other], "revises": 1}, at=at)
        shown = await self._presented(offer, at, entitled=True)
        answer = {"offer_hash": offer["offer_hash"], "approved": offer["item_ids"]}
        await self.office.do(f"/v1/presentations/{shown['presentation_id']}/answer", answer, at=at, bearer=shown["token"])

    def _worked(self, item: str) -> tuple[int, int]:
        started = self.matter.work_start.get(item, self.matter.work_start.get("*", WORK_STARTS))
        return started, self.matter.work_end.get(item, self.matter.work_end.get("*", started + WORK_TAKES))

    async def _work(self, item: Item, span: tuple[int, int], at: int) -> None:
        """One record for each that a line cites, and one for the rest of what was done."""
        lines = [line for invoice in self.matter.invoices if invoice.credit_of is None for line in invoice.lines]
        billed = [line for line in lines if line.item == item.id and line.quantity > 0]
        said = self.matter.performed.get(item.id)
        rest = Fraction(said) if said is not None else sum((_in_unit(line, item) for line in billed), Fraction())
        for line in billed:
            for name in line.work:
                if name not in self.records:
                    done = min(rest, _in_unit(line, item))
                    self.records[name] = await self._record(item, done, span, at)
                    rest -= done
        if rest > 0:
            await self._record(item, rest, span, at)

    async def _record(self, item: Item, quantity: Fraction, span: tuple[int, int], at: int) -> str:
        started, ended = ((OPENED + timedelta(minutes=minute)).isoformat() for minute in span)
        document = {"item_id": self.items[item.id], "quantity": _decimal(quantity), "started_at": started, "ended_at": ended}
        record: str = (await self.office.do("/v1/work-records", document, at=at))["id"]
        return record

    async def _bill(self, invoice: Invoice, at: int) -> tuple[str, str]:
        if invoice.credit_of is not None:
            return await self._credit(invoice, self.invoices[invoice.credit_of], at)
        lines = [self._line(line) for line in invoice.lines]
        document = {
            "customer_id": self.customer,
            "currency": invoice.currency,
            "lines": lines,
            "scope_id": (await self._job(invoice.job))["scope_id"],
        }
        if invoice.tax and invoice.tax.amount is not None:
            document["tax_minor"] = invoice.tax.amount
        answer = await self.office.ask("/v1/invoices", document, at=at)
        said = answer.json()
        self.invoices.append(said | {"of": [line.item for line in invoice.lines]})
        if answer.status_code == 201:
            return "ACCEPT", "OK"
        if said.get("code") != "INVOICE_REFUSED":
            raise Unexpected(f"POST /v1/invoices: {answer.status_code} {answer.text[:400]}")
        return "REFUSE", min(said["lines"], key=lambda line: line["index"])["code"]

    def _line(self, line: Line) -> dict[str, Any]:
        document = {
            "quantity": line.qty, "unit_price": str(line.price), "unit": line.unit, "sku": line.sku, "condition": line.cond, "method": line.method,
            "discount": line.discount, "amount": line.amount, "work_record_ids": [self.records[name] for name in line.work],
        }  # fmt: skip
        if line.item is not None:
            document["item_id"] = self.items.get(line.item, str(UUID(int=0)))
        return document

    async def _credit(self, credit: Invoice, posted: dict[str, Any], at: int) -> tuple[str, str]:
        lines = [{"line_number": posted["of"].index(line.item) + 1, "quantity": line.qty, "amount": line.amount} for line in credit.lines]
        answer = await self.office.ask(f"/v1/invoices/{posted['id']}/credit-notes", {"lines": lines, "reason": "conformance"}, at=at)
        self.invoices.append(answer.json())
        return ("ACCEPT", "CREDIT_RELEASES_CAPACITY") if answer.status_code == 201 else ("REFUSE", answer.json()["code"])


def _in_unit(line: Line, item: Item) -> Fraction:
    """How much of the item a line bills, in the item's own unit where the offer says how."""
    factor = item.conv.get(line.unit or item.unit, 1)
    return line.quantity * Fraction(str(factor))


def _decimal(quantity: Fraction) -> str:
    """As a decimal text; what has none is rounded up in the sixth place."""
    millionths = -(-quantity.numerator * 10**6 // quantity.denominator)
    return f"{millionths // 10**6}.{millionths % 10**6:06}"


def _rounded(minor: Fraction) -> int:
    """Half up."""
    return (2 * minor.numerator + minor.denominator) // (2 * minor.denominator)
