"""The migrated schema keeps the house's promises: names, sentences, keys that point down."""

import re
from typing import Any

from service.kit.refusals import BY_CONSTRAINT
from tests.architecture.house import floors, imported
from tests.architecture.unsaid import COMPUTED, PATTERNS

CONSTRAINTS = """
select n.nspname as room, c.conname as name, c.contype::text as kind, t.relname as relation, tn.nspname as to_room,
       (select array_agg(a.attname::text order by k.at) from unnest(c.conkey) with ordinality k(attnum, at)
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum) as columns,
       exists (select from pg_constraint p where p.conrelid = c.conrelid and p.contype = 'p' and p.oid <> c.oid and p.conkey <@ c.conkey) as holds_primary_key,
       exists (select from pg_constraint f where f.contype = 'f' and f.confrelid = c.conrelid and f.conindid = c.conindid) as is_cited
  from pg_constraint c join pg_namespace n on n.oid = c.connamespace join pg_class t on t.oid = c.conrelid
  left join pg_class tt on tt.oid = c.confrelid left join pg_namespace tn on tn.oid = tt.relnamespace
 where c.contype <> 'n' and n.nspname <> 'public' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
 order by 1, 2"""
UPWARD = {
    "authorisations.bill_has_its_line": "the bill row and its line vouch for each other, written by billing's one statement",
    "authorisations.credit_has_its_line": "likewise a credit row and its credit line",
    "authorisations.work_on_visit_of_its_matter": "what is said of a visit of the room above is said by it: dispatch ties it, nothing below reads it",
    "authorisations.photo_on_visit_of_its_matter": "likewise",
}
"""Foreign keys that point up, each with why."""
UNBOUNDED = {"billing.decision.policy_name", "billing.invoice_tax.tax_category", "billing.transfer.currency"}
"""Copied by the writing statement from a column that has its CHECK; a CHECK of their own is owed."""
AUTOMATIC = re.compile(r"_(check|fkey|key|excl)\d*$")


async def constraints(owner: Any) -> list[Any]:
    imported()
    rows: list[Any] = await owner.fetch(CONSTRAINTS)
    return rows


async def test_every_constraint_has_a_name_that_somebody_chose(owner: Any) -> None:
    automatic = [
        f"{row['room']}.{row['name']}"
        for row in await constraints(owner)
        if AUTOMATIC.search(row["name"].removeprefix(row["relation"])) and row["name"].startswith(row["relation"])
    ]
    assert automatic == []


async def test_every_constraint_has_its_sentence_or_a_reason_to_need_none(owner: Any) -> None:
    """A Refusal lists it; or it can't be violated alone; or it is argued in the one list, `unsaid.py`."""
    silent = []
    for row in await constraints(owner):
        name = f"{row['room']}.{row['name']}"
        argued = (
            name in BY_CONSTRAINT
            or name in COMPUTED
            or (row["kind"] == "u" and row["holds_primary_key"])
            or (row["kind"] == "p")
            or any(row["kind"] == kind and re.search(pattern, row["name"]) for kind, pattern in PATTERNS)
        )
        if not argued:
            silent.append(f"{name} on {row['relation']}")
    assert silent == [], "name each in a Refusal's `constraints`, or argue it in tests/architecture/unsaid.py"


async def test_no_sentence_and_no_argument_stands_for_a_constraint_that_is_gone(owner: Any) -> None:
    known = {f"{row['room']}.{row['name']}" for row in await constraints(owner)}
    indexes = {row["name"] for row in await owner.fetch("select schemaname || '.' || indexname as name from pg_indexes")}
    assert sorted(set(BY_CONSTRAINT) - known - indexes) == [], "refusals that name constraints which don't exist"
    assert sorted(COMPUTED - known) == [], "arguments for constraints which don't exist"


async def test_foreign_keys_point_down_the_house(owner: Any) -> None:
    order = floors()
    wrong = [
        f"{row['room']}.{row['name']} → {row['to_room']}"
        for row in await constraints(owner)
        if row["kind"] == "f"
        and f"{row['room']}.{row['name']}" not in UPWARD
        and row["room"] != row["to_room"]
        and order[row["to_room"]] >= order[row["room"]]
    ]
    assert wrong == []


async def test_every_key_begins_with_the_organisation(owner: Any) -> None:
    """But for the tables on the list of those that stand outside the tenant wall, which tests/identity holds."""
    outside = {
        "api_key_hash",
        "link_hash",
        "mail_address_hash",
        "public_name",
        "sign_in_address",
        "epoch",
        "due",
        "law",
        "paper_law",
        "policy_under_law",
        "scope_under_law",
        "itemised_under_law",
    }
    wrong = [
        f"{row['room']}.{row['name']} {row['columns']}"
        for row in await constraints(owner)
        if row["kind"] in {"p", "u", "x", "f"} and row["columns"][0] != "organisation_id" and not {row["relation"], row["name"]} & outside
    ]
    assert wrong == []


async def test_nothing_is_done_behind_a_statements_back(owner: Any) -> None:
    triggers = await owner.fetch("select tgrelid::regclass::text as name from pg_trigger where not tgisinternal")
    assert [row["name"] for row in triggers] == []
    setting_null = await owner.fetch("select conname from pg_constraint where confdeltype in ('n', 'd') or confupdtype in ('n', 'd', 'c')")
    assert [row["conname"] for row in setting_null] == []


async def test_every_number_has_an_upper_bound_and_every_text_a_length(owner: Any) -> None:
    """A CHECK or a foreign key names the column; NaN and a book's worth of text pass any CHECK that isn't there."""
    rows = await owner.fetch(
        "select n.nspname || '.' || c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid"
        " join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid"
        " where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''"
        " and n.nspname <> 'public' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'"
        " and t.typname in ('text', 'numeric', 'float4', 'float8', 'varchar', 'bpchar')"
        " and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype in ('c', 'f') and a.attnum = any(k.conkey)) order by 1"
    )
    assert sorted({row["name"] for row in rows} - UNBOUNDED) == []
    floats = await owner.fetch(
        "select attrelid::regclass::text || '.' || attname as name from pg_attribute join pg_class c on c.oid = attrelid"
        " join pg_namespace n on n.oid = c.relnamespace where atttypid in ('float4'::regtype, 'float8'::regtype, 'money'::regtype)"
        " and c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'"
    )
    assert [row["name"] for row in floats] == [], "no floats"


LOOK = re.compile(r"->|\barray_position\(|\b(?!kit\.(?:says_something|is_vat_id|is_iban|is_exemption)\()[a-z_]+\.[a-z_0-9]+\(")
"""Looks into a document, for a place in a list, or asks a function of ours, but for those that hold one text against a pattern."""
DECIDED = re.compile(
    r"\b\w+ IS (NOT )?(NULL|TRUE|FALSE|DISTINCT FROM [^()\s]+)|\bnum_(non)?nulls\([^()]*\)|\bCOALESCE\((?:[^()]|\([^()]*\))*\)",
    re.IGNORECASE,
)
NOT_YET = {
    "billing.bank_statement_days_in_order": "a statement that doesn't say its first day",
    "billing.bank_undo_names_its_step": "a step that undoes none, which the rest of it decides",
    "billing.settled_by_somebody_else": "a difference of a hand-in or of an arrival, each without the other's person",
    "billing.decision_figures_bounded": "a bound: a figure that isn't there is within it",
    "billing.dispute_never_goes_back": "its first step, which alone has none before it",
    "billing.handed_over_to_somebody_else": "cash handed to the safe, which is nobody",
    "identity.api_key_expires_after_it_was_made": "a key without an end",
    "identity.api_key_revoked_after_it_was_made": "a key not revoked",
    "identity.device_revoked_after_it_was_registered": "a device not revoked",
    "identity.link_revoked_after_it_was_made": "a link not revoked",
    "identity.mail_link_used_in_its_time": "a link not used",
    "identity.session_ends_after_it_began": "a session not ended",
}
"""CHECKs over several columns that are meant to let by a row where one is empty, each with which."""


async def test_no_check_lets_by_what_it_cannot_tell(owner: Any) -> None:
    """A CHECK refuses what is false and lets NULL by: what may come to NULL ends in `is true`, or is argued above."""
    rows = await owner.fetch(
        "select n.nspname || '.' || k.conname as name, pg_get_expr(k.conbin, k.conrelid) as asked, cardinality(k.conkey) as columns,"
        " array(select a.attname::text from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any(k.conkey) and not a.attnotnull) as empty"
        " from pg_constraint k join pg_namespace n on n.oid = k.connamespace where k.contype = 'c' and n.nspname <> 'information_schema' order by 1"
    )
    open_ends = set()
    for row in rows:
        asked = DECIDED.sub(" ", row["asked"])
        compared = row["columns"] > 1 and any(re.search(rf"\b{column}\b", asked) for column in row["empty"])
        if (compared or LOOK.search(asked)) and not re.fullmatch(r"\(.* IS (TRUE|NOT NULL)\)", row["asked"], re.DOTALL):
            open_ends.add(row["name"])
    assert open_ends == set(NOT_YET)
