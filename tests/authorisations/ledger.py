"""Honest rows of the chains, made by hand: what the raw SQL tests insert, and tamper with.

A posting is a dict of tables to rows, inserted by one statement as the service would; nothing here goes through the product's own SQL.
"""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import asyncpg

from service.authorisations.canonical import OFFER, chained, commitment, seal, text_of
from tests.world import COMPANY_TOLD, CUSTOMER_TOLD

Rows = dict[str, list[dict[str, Any]]]
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

NO_CAP = 9_000_000_000_000_000
ZERO_HASH = "\\x" + "00" * 32
SALT = bytes(32)
NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)
TEN, ELEVEN = NINE + timedelta(hours=1), NINE + timedelta(hours=2)
POLICY = {
    "combine": "none",
    "pct_numerator": 0,
    "pct_denominator": 1,
    "abs_minor": 0,
    "hard_cap_minor": NO_CAP,
    "at_limit_refuses": False,
    "consent_deadline": "before_work",
}
NO_LAW = {
    "jurisdiction": "ZZ", "trade": "any", "price_form": "any", "law_jurisdiction": "ZZ", "law_trade": "any", "law_price_form": "any",
    "law_combine": "greater", "law_pct_numerator": 1, "law_pct_denominator": 1, "law_abs_minor": NO_CAP, "law_hard_cap_minor": NO_CAP,
    "law_at_limit_refuses": False, "law_consent_deadline": "after_work",
}  # fmt: skip
"""What a policy cites where no law is on file."""
TERMS = ("combine", "pct_numerator", "pct_denominator", "abs_minor", "hard_cap_minor", "at_limit_refuses", "consent_deadline")


def rounded(value: int, denominator: int) -> int:
    """Half up."""
    return (2 * value + denominator) // (2 * denominator)


def vouched(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What ties each item of a text to the ones around it."""
    hashes = chained([text_of(item) for item in items])
    return [
        {"next_position": None if position == len(items) else position + 1, "items_before": f"\\x{before}", "items_hash": f"\\x{after}"}
        for position, (before, after) in enumerate(pairwise(hashes), 1)
    ]


async def insert(connection: Connection, rows: Rows) -> None:
    """All rows of all tables in one statement, so that they may vouch for each other; work is recorded when it is over."""
    clock = await connection.fetchval("select current_setting('sayso.at', true)")
    if over := [one["ended_at"] for one in rows.get("authorisations.work_record", ())]:
        await connection.execute(f"set local sayso.at = '{max(over)}'")
    parts, values = [], []
    for table, entries in rows.items():
        for columns in {tuple(entry) for entry in entries}:
            same = [entry for entry in entries if tuple(entry) == columns]
            values.append(json.dumps(same, default=str))
            names = ", ".join(columns)
            parts.append(
                f"i{len(values)} as (insert into {table} ({names}) select {names} from jsonb_populate_recordset(null::{table}, ${len(values)}::jsonb))"
            )
    await connection.execute(f"with {', '.join(parts)} select 1", *values)
    if over:
        await connection.execute(f"set local sayso.at = '{clock or ''}'")


def _told(rows: Rows) -> Rows:
    """The steps that say what the rows of organisations and customers say: what isn't said is empty for the one and null for the other."""
    return {
        f"{table}_step": [
            {name: row.get(name, empty) for name in ("organisation_id", *keys, "version", *told.split(", "))} for row in rows[table]
        ]
        for table, keys, told, empty in (
            ("identity.organisation", (), COMPANY_TOLD, ""),
            ("customers.customer", ("customer_id",), CUSTOMER_TOLD, None),
        )
        if table in rows
    }


class Ledger:
    """One organisation with one customer; scopes, authorised items and their chains, remembered so that the next row follows."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.organisation_id = uuid4()
        self.customer_id, self.contact_id, self.staff_id = uuid4(), uuid4(), uuid4()
        self.scopes: dict[UUID, dict[str, Any]] = {}
        self.items: dict[UUID, dict[str, Any]] = {}
        self.number = self.credit_number = 0
        self.customer_version = self.organisation_version = 1

    async def begin(self) -> "Ledger":
        """The organisation and its people."""
        await self.connection.execute(f"set sayso.organisation = '{self.organisation_id}'")
        at = str(NINE)
        organisation = {"organisation_id": self.organisation_id}
        await self.insert(
            {
                "identity.organisation": [
                    organisation
                    | {"name": "Attacked", "zone": "UTC", "currency": "USD", "language": "en", "phone": "+15550100", "email": "a@b.example"}
                    | {"version": 1, "created_at": at}
                ],
                "identity.staff": [
                    organisation
                    | {"staff_id": self.staff_id, "name": "Tess", "email": f"{self.staff_id}@b.example", "roles": ["technician"]}
                    | {"active": True, "version": 1, "created_at": at}
                ],
                "customers.customer": [
                    organisation
                    | {"customer_id": self.customer_id, "name": "Ada", "language": "en", "zone": "UTC", "version": 1, "created_at": at}
                ],
                "customers.contact": [
                    organisation
                    | {"customer_id": self.customer_id, "contact_id": self.contact_id, "name": "Ada", "channel": "email"}
                    | {"address": "ada@a.example", "may_authorise": True, "version": 1, "created_at": at}
                ],
            }
        )
        return self

    async def insert(self, rows: Rows) -> None:
        """One statement; an act brings its step, which is numbered like the act where nothing was shown; so does whoever papers tell."""
        steps = [
            {name: act[name] for name in ("organisation_id", "scope_id")}
            | {"step": act["seq"], "kind": "answered", "subject": act["authorisation_id"]}
            for act in rows.get("authorisations.authorisation", ())
        ]
        await insert(self.connection, ({"authorisations.scope_step": steps} if steps else {}) | _told(rows) | rows)

    async def scope(
        self, *, currency: str = "USD", lag: int = 0, of: str = "job", rights: dict[str, Any] | None = None, **policy: Any
    ) -> UUID:
        """A scope under a policy published for it, and under the law of a place where `rights` says so."""
        scope_id, name = uuid4(), f"p{len(self.scopes)}"
        figures = POLICY | policy
        rules = {"record_lag_seconds": lag, "requires_written_offer": False}
        key = {"organisation_id": self.organisation_id, "policy_name": name, "policy_version": 1}
        scope = key | {"scope_id": scope_id, "customer_id": self.customer_id, "currency": currency} | figures | rules
        scope |= {"site_jurisdiction": "ZZ", "site_zone": "UTC", "price_forms": ["itemised"]}
        await self.insert(
            {
                "authorisations.policy": [key | {"citation": "a test"} | NO_LAW | figures | rules],
                "authorisations.scope": [scope | (rights or {}) | {"subject_kind": of, "subject_id": uuid4()}],
            }
        )
        self.scopes[scope_id] = scope | {
            "seq": 0, "entitled": 0, "excess": 0, "opening": -1, "act_seq": 0, "head": ZERO_HASH, "total": 0, "figures": figures
        }  # fmt: skip
        return scope_id

    def offered(self, scope_id: UUID, items: list[dict[str, Any]], **revision: Any) -> Rows:
        """An offer of one revision; items have ticks, denominator, price_numerator, price_denominator, perhaps recurring."""
        scope, offer_id = self.scopes[scope_id], uuid4()
        cap, until = revision.get("cap_minor", NO_CAP), revision.get("valid_until")
        listed = [
            {
                "item_id": str(one.get("item_id", uuid4())), "position": position, "kind": "labour", "description": "Work", "catalogue_item_id": None,
                "catalogue_effective_on": None, "sku": None, "alternates": [], "condition": None, "method": None, "unit": "HUR", "conversions": {},
                "ticks": one["ticks"], "denominator": one["denominator"], "price_numerator": one["price_numerator"],
                "price_denominator": one.get("price_denominator", 1), "tax_category": "S", "tax_numerator": 0, "tax_denominator": 1,
                "recurring": one.get("recurring", False), "optional": False, "preselected": False,
            }
            for position, one in enumerate(items, 1)
        ]  # fmt: skip
        total = sum(rounded(one["ticks"] * one["price_numerator"], one["denominator"] * one.get("price_denominator", 1)) for one in items)
        text = text_of(
            {
                "offer_id": str(offer_id), "revision": 1, "scope_id": str(scope_id), "prior_hash": "00" * 32, "currency": scope["currency"],
                "tax_basis": "excl", "price_form": "itemised", "total_minor": total,
                "cap_minor": None if cap == NO_CAP else cap, "valid_until": until and until.isoformat(timespec="microseconds"), "complete_by": None,
                "policy": scope["figures"], "items": listed,
            }
        )  # fmt: skip
        offer_hash = "\\x" + seal(OFFER, text)
        place = {"organisation_id": self.organisation_id, "offer_id": offer_id, "scope_id": scope_id, "currency": scope["currency"]}
        return {
            "authorisations.offer": [place | {"customer_id": self.customer_id, "kind": "initial", "made_by": "staff:1"}],
            "authorisations.offer_revision": [
                place
                | {"revision": 1, "prior_hash": ZERO_HASH, "canonical": text, "offer_hash": offer_hash, "tax_basis": "excl"}
                | {
                    "price_forms": scope["price_forms"],
                    "total_minor": total,
                    "cap_minor": cap,
                    "valid_until": str(revision.get("valid_until", "infinity")),
                    "made_by": "staff:1",
                }
                | scope["figures"]
            ],
            "authorisations.offer_item": [
                place | {"revision": 1, "offer_hash": offer_hash, "tax_basis": "excl"} | one | {"item_id": UUID(one["item_id"])} | hashed
                for one, hashed in zip(listed, vouched(listed), strict=True)
            ],
        }

    def act(self, rows: Rows, *, consented_at: datetime = NINE, **changes: Any) -> dict[str, Any]:
        """The customer's oral yes to an offer's items, as the next act of the scope."""
        revision = rows["authorisations.offer_revision"][0]
        scope = self.scopes[revision["scope_id"]]
        added = revision["total_minor"]
        return {
            "organisation_id": self.organisation_id, "authorisation_id": uuid4(), "scope_id": revision["scope_id"], "customer_id": self.customer_id,
            "currency": revision["currency"], "seq": scope["act_seq"] + 1, "kind": "initial", "offer_id": revision["offer_id"], "revision": 1,
            "offer_hash": revision["offer_hash"], "cap_minor": revision["cap_minor"], "valid_until": revision["valid_until"],
            "contact_id": self.contact_id, "channel": "oral_in_person", "authoriser_commitment": "\\x" + commitment(SALT, "Ada Owner"),
            "authoriser_capacity": "customer", "received_by": "Tess", "conditions": "", "stated_added_minor": added,
            "stated_total_minor": scope["total"] + added, "recorded_by": "staff:1", "consented_at": str(consented_at),
            "record_lag_seconds": scope["record_lag_seconds"], "requires_written_offer": False, "prior_hash": scope["head"],
            "prior_total_minor": scope["total"], "added_minor": added, "revised_total_minor": scope["total"] + added, "content": "{}",
        } | changes  # fmt: skip

    async def authorise(self, scope_id: UUID, *items: dict[str, Any], at: datetime = NINE, **revision: Any) -> list[UUID]:
        """Offered, agreed to at `at` (so the record's own clock says) and granted; gives the item ids."""
        rows = self.offered(scope_id, list(items), **revision)
        await self.insert(rows)
        act = self.act(rows, consented_at=at)
        return await self.approve(rows, act)

    async def approve(self, rows: Rows, act: dict[str, Any], *, grant: bool = True) -> list[UUID]:
        """The act, each item approved, and their grants."""
        scope = self.scopes[act["scope_id"]]
        act = act | {"verdicts": len(rows["authorisations.offer_item"])}
        detail = {
            "organisation_id": self.organisation_id,
            "authorisation_id": act["authorisation_id"],
            "salt": "\\x" + SALT.hex(),
            "authoriser_name": "Ada Owner",
        }
        await self.insert({"authorisations.authorisation": [act], "authorisations.consent_detail": [detail]})
        written = await self.connection.fetchrow(
            "select authorised_at, '\\x' || encode(entry_hash, 'hex') from authorisations.authorisation where authorisation_id = $1",
            act["authorisation_id"],
        )
        assert written is not None
        scope["act_seq"], scope["head"], scope["total"] = act["seq"], written[1], act["revised_total_minor"]
        place = {name: act[name] for name in ("organisation_id", "authorisation_id", "scope_id", "offer_id", "revision")}
        for position, item in enumerate(rows["authorisations.offer_item"], 1):
            terms = {
                "item_id": item["item_id"], "active": True, "period_ticks": item["ticks"],
                "ticks": 1_000_000_000_000_000 if item["recurring"] else item["ticks"], "denominator": item["denominator"],
                "price_numerator": item["price_numerator"], "price_denominator": item["price_denominator"], "currency": item["currency"],
                "recurring": item["recurring"], "authorised_at": str(written[0]), "valid_until": act["valid_until"], "cap_minor": act["cap_minor"],
            }  # fmt: skip
            verdict = {"item_id": item["item_id"], "verdict": "approved", "active": True, "position": position, "verdicts": act["verdicts"]}
            policy = {name: scope[name] for name in TERMS}
            await self.insert(
                {"authorisations.authorisation_item": [place | verdict], "authorisations.capacity_item": [place | terms | policy]}
            )
            self.items[item["item_id"]] = terms | {"scope_id": act["scope_id"], "authorisation_id": act["authorisation_id"], "last": None}
            if grant:
                await self.step(item["item_id"], "grant", act["authorisation_id"], granted=terms["ticks"])
        return [item["item_id"] for item in rows["authorisations.offer_item"]]

    def row(
        self, item_id: UUID, kind: str, subject: UUID, *, granted: int = 0, performed: int = 0, billed: int = 0, net: int = 0, **more: Any
    ) -> dict[str, Any]:
        """The honest next capacity row of an item, and the chains moved on to it."""
        item = self.items[item_id]
        scope = self.scopes[item["scope_id"]]
        act = scope.setdefault("acts", {}).setdefault(item["authorisation_id"], {"act_seq": 0, "seq": 0, "net": 0})
        last = item["last"] or {
            "item_seq": 0, "seq": 0, "granted_after": 0, "performed_after": 0, "billed_after": 0, "net_after": 0, "revoked_after": "infinity",
            "entitled": 0, "excess": 0,
        }  # fmt: skip
        after = {
            "granted_after": last["granted_after"] + granted, "performed_after": last["performed_after"] + performed,
            "billed_after": last["billed_after"] + billed, "net_after": last["net_after"] + net,
            "revoked_after": str(more.pop("revoked_after", last["revoked_after"])),
        }  # fmt: skip
        price = (
            min(after["billed_after"], after["granted_after"]) * item["price_numerator"],
            item["denominator"] * item["price_denominator"],
        )
        entitled = rounded(*price)
        excess = max(after["net_after"] - entitled, 0)
        row: dict[str, Any] = {
            "organisation_id": self.organisation_id, "scope_id": item["scope_id"], "seq": scope["seq"] + 1, "item_id": item_id,
            "item_seq": last["item_seq"] + 1, "authorisation_id": item["authorisation_id"], "act_seq": act["act_seq"] + 1, "kind": kind,
            "subject": subject, "closes": False,
            **{name: item[name] for name in ("ticks", "period_ticks", "denominator", "price_numerator", "price_denominator", "currency", "recurring")},
            **{name: item[name] for name in ("authorised_at", "valid_until", "cap_minor")},
            **{name: scope[name] for name in TERMS},
            "granted_before": last["granted_after"], "performed_before": last["performed_after"], "billed_before": last["billed_after"],
            "net_before": last["net_after"], "revoked_before": last["revoked_after"], **after,
            "entitled_item_before": last["entitled"], "excess_item_before": last["excess"],
            "entitled_before": scope["entitled"], "entitled_after": scope["entitled"] + entitled - last["entitled"],
            "excess_before": scope["excess"], "excess_after": scope["excess"] + excess - last["excess"],
            "opening_excess_before": scope["opening"], "act_net_before": act["net"], "act_net_after": act["net"] + net,
            "item_previous_seq": last["seq"], "act_previous_seq": act["seq"],
            "started_at": None, "ended_at": None, "supplied": None, "credited_invoice_id": None, "credited_line": None, "credit_step": None,
        } | more  # fmt: skip
        if kind == "bill":
            scope["opening"] = -1 if row["closes"] else scope["excess"] if scope["opening"] == -1 else scope["opening"]
        scope["seq"], scope["entitled"], scope["excess"] = row["seq"], row["entitled_after"], row["excess_after"]
        act["act_seq"], act["seq"], act["net"] = row["act_seq"], row["seq"], row["act_net_after"]
        item["last"] = after | {"item_seq": row["item_seq"], "seq": row["seq"], "entitled": entitled, "excess": excess}
        return row

    async def step(self, item_id: UUID, kind: str, subject: UUID, **moves: Any) -> None:
        """One row, inserted."""
        await self.insert({"authorisations.capacity": [self.row(item_id, kind, subject, **moves)]})

    def worked(self, item_id: UUID, ticks: int, *, started_at: datetime = TEN, ended_at: datetime = ELEVEN, **more: Any) -> Rows:
        """A work record and its perform row."""
        record = self.recorded(item_id, ticks, started_at=started_at, ended_at=ended_at, **more)
        supplied = "period_from" in more
        row = self.row(
            item_id,
            "perform",
            record["work_record_id"],
            performed=ticks,
            started_at=str(started_at),
            ended_at=str(ended_at),
            supplied=supplied,
        )
        return {"authorisations.work_record": [record], "authorisations.capacity": [row]}

    def recorded(
        self, item_id: UUID, ticks: int, *, started_at: datetime = TEN, ended_at: datetime = ELEVEN, **more: Any
    ) -> dict[str, Any]:
        """A work record by itself: evidence, with the finding that it is given."""
        item = self.items[item_id]
        return {
            "organisation_id": self.organisation_id, "work_record_id": uuid4(), "scope_id": item["scope_id"], "item_id": item_id,
            "ticks": ticks, "denominator": item["denominator"], "started_at": str(started_at), "ended_at": str(ended_at),
            "staff_id": self.staff_id, "recorded_by": "staff:1",
        } | more  # fmt: skip

    async def work(self, item_id: UUID, ticks: int, **more: Any) -> UUID:
        """Work done and performed."""
        rows = self.worked(item_id, ticks, **more)
        await self.insert(rows)
        return UUID(str(rows["authorisations.work_record"][0]["work_record_id"]))

    def posting(self, *lines: tuple[UUID | None, int, int], invoice_id: UUID | None = None) -> Rows:
        """An invoice of (item, ticks, net) lines; a line without an item is free."""
        invoice_id, attempt_id = invoice_id or uuid4(), uuid4()
        self.number += 1
        organisation = {"organisation_id": self.organisation_id}
        last = {self.items[item]["scope_id"]: number for number, (item, _, _) in enumerate(lines, 1) if item}
        currency = self.items[lines[0][0]]["currency"] if lines[0][0] else "USD"
        total = sum(net for _, _, net in lines)
        rows: Rows = {
            "billing.posting_attempt": [
                organisation
                | {"attempt_id": attempt_id, "invoice_id": invoice_id, "customer_id": self.customer_id, "verdict": "posted"}
                | {"line_count": len(lines), "input_hash": "\\x" + "22" * 32, "attempted_by": "staff:1"}
            ],
            "authorisations.capacity": [],
            "billing.invoice": [
                organisation
                | {"invoice_id": invoice_id, "customer_id": self.customer_id, "attempt_id": attempt_id, "input_hash": "\\x" + "22" * 32}
                | {"customer_version": self.customer_version, "organisation_version": self.organisation_version}
                | {"series": "INV-2026", "number": self.number, "currency": currency, "tax_basis": "excl", "issued_on": "2026-01-05"}
                | {
                    "due_on": "2026-01-19",
                    "line_count": len(lines),
                    "tax_count": 1,
                    "lines_minor": total,
                    "tax_minor": 0,
                    "total_minor": total,
                }
                | {"issued_by": "staff:1"}
            ],
            "billing.invoice_scope": [],
            "billing.invoice_line": [],
            "billing.invoice_tax": [
                organisation
                | {"invoice_id": invoice_id, "position": 1, "tax_count": 1, "tax_basis": "excl", "tax_category": "S", "tax_numerator": 0}
                | {"tax_denominator": 1, "lines_minor": total, "lines_before": 0, "lines_after": total, "tax_before": 0, "tax_after": 0}
            ],
        }
        running = 0
        backings: list[dict[str, Any]] = []
        for number, (item_id, ticks, net) in enumerate(lines, 1):
            backing: dict[str, Any] = {}
            if item_id:
                scope_id = self.items[item_id]["scope_id"]
                row = self.row(item_id, "bill", invoice_id, billed=ticks, net=net, closes=last[scope_id] == number)
                rows["authorisations.capacity"].append(row)
                if row["closes"]:
                    rows["billing.invoice_scope"].append(
                        organisation
                        | {"invoice_id": invoice_id, "scope_id": scope_id, "customer_id": self.customer_id, "currency": currency}
                        | {"closing_seq": row["seq"]}
                    )
                names = ("scope_id", "seq", "item_id", "denominator", "billed_before", "billed_after", "net_before", "net_after")
                backing = {name: row[name] for name in names}
                stood = {"granted_ticks": "granted", "performed_ticks": "performed", "billed_ticks": "billed", "billed_minor": "net"}
                backing |= {name: row[f"{total}_before"] for name, total in stood.items()}
            backings.append(backing)
            rows["billing.invoice_line"].append(
                organisation
                | {
                    "invoice_id": invoice_id,
                    "line_number": number,
                    "line_count": len(lines),
                    "attempt_id": attempt_id,
                    "currency": currency,
                }
                | {"tax_basis": "excl", "free": not item_id, "sum_before": running, "sum_after": running + net, "description": "Work"}
                | {"unit": "HUR", "quantity_numerator": 1, "quantity_denominator": 1, "price_numerator": 0, "price_denominator": 1}
                | {"discount_minor": 0, "tax_category": "S", "tax_numerator": 0, "tax_denominator": 1}
                | {"inputs_hash": "\\x" + "33" * 32}
                | backing
            )
            running += net
        closing = {row["scope_id"]: row["closing_seq"] for row in rows["billing.invoice_scope"]}
        for line, backing in zip(rows["billing.invoice_line"], backings, strict=True):
            if backing:
                line["closing_seq"] = closing[backing["scope_id"]]
        return {table: entries for table, entries in rows.items() if entries}

    async def bill(self, *lines: tuple[UUID | None, int, int]) -> Rows:
        """An invoice, inserted."""
        rows = self.posting(*lines)
        await self.insert(rows)
        return rows

    def crediting(self, invoice: Rows, *lines: tuple[int, int, int]) -> Rows:
        """A credit note of (line number, ticks, net) with the rows that release the capacity."""
        credit_note_id = uuid4()
        self.credit_number += 1
        document = invoice["billing.invoice"][0]
        total = sum(net for _, _, net in lines)
        organisation = {"organisation_id": self.organisation_id}
        rows: Rows = {
            "billing.credit_note": [
                organisation
                | {"credit_note_id": credit_note_id, "invoice_id": document["invoice_id"], "customer_id": self.customer_id}
                | {"customer_version": self.customer_version, "organisation_version": self.organisation_version}
                | {"currency": document["currency"], "series": "CN-2026", "number": self.credit_number, "input_hash": "\\x" + "33" * 32}
                | {"lines_minor": total, "tax_minor": 0, "total_minor": total, "reason": "A mistake", "issued_by": "staff:1"}
                | {"issued_on": "2026-01-06"}
            ],
            "billing.credit_line": [],
            "authorisations.capacity": [],
        }
        for number, ticks, net in lines:
            line = invoice["billing.invoice_line"][number - 1]
            before = line.setdefault("_credited", (0, 0, 0))
            step = before[0] + 1
            rows["billing.credit_line"].append(
                organisation
                | {"invoice_id": line["invoice_id"], "line_number": number, "step": step, "credit_note_id": credit_note_id}
                | {"item_id": line["item_id"], "line_ticks": line["billed_after"] - line["billed_before"]}
                | {"line_net": line["net_after"] - line["net_before"], "ticks_before": before[1], "ticks_after": before[1] + ticks}
                | {"net_before": before[2], "net_after": before[2] + net}
            )
            line["_credited"] = (step, before[1] + ticks, before[2] + net)
            cited = {"credited_invoice_id": line["invoice_id"], "credited_line": number, "credit_step": step}
            rows["authorisations.capacity"].append(self.row(line["item_id"], "credit", credit_note_id, billed=-ticks, net=-net, **cited))
        return rows

    async def credit(self, invoice: Rows, *lines: tuple[int, int, int]) -> Rows:
        """A credit note, inserted."""
        rows = self.crediting(invoice, *lines)
        await self.insert(rows)
        return rows
