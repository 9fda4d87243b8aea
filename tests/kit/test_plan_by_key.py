"""Plans made while tables are empty are right once they have grown: a working statement looks rows up by their keys, never by reading an organisation through."""

import json
import os
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from db.migrate import migrate
from service.authorisations.queries import ANSWER_PRESENTATION, RECORD_ORAL_CONSENT
from service.billing.queries.bank import (
    INVOICES_BY_NUMBER,
    KNOWN_BANK_ENTRIES,
    KNOWN_PAYERS,
    LIST_WAITING_BANK_LINES,
    OPEN_INVOICES_OF,
    PAYMENTS_RETURNED,
    PAYMENTS_TOLD_BEFORE,
    UNCONFIRMED_BANK_LINES,
)
from service.billing.queries.cheques import CHEQUES_TO_SEE
from service.billing.queries.compensations import APPOINTMENTS_TO_JUDGE, OUTAGES_TO_JUDGE
from service.billing.queries.deposits import DEPOSITS_TO_SEE
from service.billing.queries.payouts import PAYOUTS_TO_SEE
from service.care.queries import MAIL_ADDRESS_OWNER
from service.dispatch.queries import BOARD_TECHNICIANS, BOARD_UNASSIGNED, BOARD_UNFINISHED, BOARD_VISITS, FIND_PLACES
from service.identity.queries import FIND_PUBLIC_NAME, FIND_SIGN_INS
from service.kit.embedded_postgres import create_database, drop_database
from service.kit.facts.queries import FACTS_AFTER
from service.kit.sql import ROOMS, Query, Verb
from service.kit.tasks.queries import CLAIM_TASKS, ORGANISATIONS_DUE
from service.notices.queries import FOLLOW_FACTS
from service.webhooks.queries import READ_ON
from tests.conftest import SERVICE_PASSWORD

FEW = {
    "one_organisation_an_id", "one_staff_an_address", "one_staff_an_id", "session_live_by_staff", "one_api_key_an_id", "one_mail_link_an_id", "policy_figures",
    "one_technician_a_member_of_staff", "carry_forward_pkey", "period_pkey", "account_number_pkey", "carried_balance_pkey", "transfers_in_order", "one_shift_at_a_time", "periods_of_a_subscription_never_overlap",
    "receipt_block_pkey", "receipt_block_terms", "debtor_cursor_pkey", "receivables_moved", "attempts_not_final", "one_travel_speeds_a_version", "one_account_numbering_a_version",
    "lapsing_cursor_pkey", "subscription_steps_in_order", "leg_by_age", "one_unfinished_job_an_id", "position_by_age", "open_promise_by_due",
    "choice_policy_as_cited", "one_place_an_organisation", "one_webhook_a_place", "one_webhook_an_id", "delivery_ended",
    "one_mail_sender_an_organisation", "one_loaner_a_name",
}  # fmt: skip
"""Indexes of what an organisation has few of, or the statement reads only where a period is supplied, from where it read to before, or the oldest first to forget them."""
ASKED_OF_LINES = (
    INVOICES_BY_NUMBER, KNOWN_BANK_ENTRIES, KNOWN_PAYERS, LIST_WAITING_BANK_LINES, OPEN_INVOICES_OF, PAYMENTS_RETURNED, PAYMENTS_TOLD_BEFORE, UNCONFIRMED_BANK_LINES, CHEQUES_TO_SEE, DEPOSITS_TO_SEE, PAYOUTS_TO_SEE,
)  # fmt: skip
"""Questions that are asked for every few lines of a bank's statement."""
ASKED_BY_BOARDS = (BOARD_TECHNICIANS, BOARD_VISITS, BOARD_UNFINISHED, BOARD_UNASSIGNED, FIND_PLACES)
"""Questions that every open board asks as things change."""
ASKED_OF_CUSTOMERS = (OUTAGES_TO_JUDGE, APPOINTMENTS_TO_JUDGE)
"""Questions that are asked at once of all that a customer was let down by."""
ASKED_OF_NOBODY = {
    "identity.api_key_hash": Query("api_key_by_hash", "select * from identity.api_key_hash h where h.token_hash = :hash", object),
    "identity.link_hash": Query("link_by_hash", "select * from identity.link_hash h where h.token_hash = :hash", object),
    "identity.sign_in_address": FIND_SIGN_INS,
    "identity.public_name": FIND_PUBLIC_NAME,
    "care.mail_address_hash": MAIL_ADDRESS_OWNER,
    "kit.due": ORGANISATIONS_DUE,
}
"""What is asked before an organisation is known, and of which table; keys and links as identity.api_key_by_hash and identity.link_by_hash ask."""
SIGNING = (ANSWER_PRESENTATION, RECORD_ORAL_CONSENT)
FOLLOWING = {one.name: "fact_in_commit_order" for one in (FOLLOW_FACTS, READ_ON)} | {one.name: "one_checkpoint_a_digest" for one in SIGNING}
FOLLOWING[LIST_WAITING_BANK_LINES.name] = "bank_waiting_pkey"
"""What one verb alone reads on from where it was, or the last one of."""
READS = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan"}
TABLES = """
select (select string_agg(format('alter table %s drop constraint %I', r.oid::regclass, k.conname), '; ') from pg_constraint k where k.conrelid = r.oid and k.contype = 'c'),
  format('insert into %s (%s) values (%s)', r.oid::regclass, string_agg(quote_ident(a.attname), ', '), string_agg(case a.attname when 'zone' then quote_literal('UTC') when 'canonical' then quote_literal('{"price_form": "", "items": []}') else case
    when a.atttypid = 'uuid'::regtype then 'gen_random_uuid()' when a.atttypid = 'polygon'::regtype then quote_literal('((0,0))') else case t.typcategory
      when 'D' then 'now()' when 'A' then quote_literal('{}') when 'R' then quote_literal('empty') else quote_literal('1') end end end, ', '))
from pg_class r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = '' join pg_type t on t.oid = a.atttypid
where r.relkind = 'r' and r.relrowsecurity group by r.oid
"""
"""Each of an organisation's tables, its checks to be dropped, and a row of nothing: with a page there is something that can look grown."""
GROWN = """
select pg_restore_relation_stats('schemaname', n.nspname::text, 'relname', r.relname::text, 'relpages', 1, 'reltuples', 3000::real)
from pg_class r join pg_namespace n on n.oid = r.relnamespace where r.relkind in ('r', 'i') and n.nspname not like 'pg%' and n.nspname <> 'information_schema'
"""


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """It and every node below it."""
    yield node
    for inner in node.get("Plans", []):
        yield from nodes(inner)


def reads(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every node that reads a table or an index."""
    return (node for node in nodes(plan) if node["Node Type"] in READS)


def by_key(node: dict[str, Any]) -> bool:
    """Whether more than the organisation is looked up: what somebody or something is, not only since when."""
    looked_up = node.get("Index Cond", "organisation_id")
    return "organisation_id" not in looked_up or looked_up.count(" = ") > 1 or node.get("Index Name") in FEW


@pytest.fixture
async def empty(postgres: str) -> AsyncIterator[asyncpg.Connection]:
    """A database that nobody has written to."""
    name = f"plans_{os.getpid()}"
    url = await create_database(postgres, name)
    await migrate(url, service_password=SERVICE_PASSWORD)
    connection = await asyncpg.connect(url)
    yield connection
    await connection.close()
    await drop_database(postgres, name)


@pytest.fixture
async def grown(empty: asyncpg.Connection) -> asyncpg.Connection:
    """One where every table has grown to thousands of rows, as the planner sees it, and none was analysed."""
    await fill(empty)
    await empty.execute(GROWN)
    return empty


@pytest.fixture
async def analysed(empty: asyncpg.Connection) -> asyncpg.Connection:
    """One that grew after an analysis, at which others had all the rows."""
    await fill(empty)
    await empty.execute("analyze")
    await empty.execute(GROWN)
    return empty


async def fill(empty: asyncpg.Connection) -> None:
    await empty.execute("set session_replication_role = replica")
    for checks, values in await empty.fetch(TABLES):
        await empty.execute(f"{checks or ''}; {values}")
    await empty.execute("set session_replication_role = origin")


async def read_through(connection: asyncpg.Connection) -> list[tuple[Any, ...]]:
    """What a working statement, or a question asked often, reads without a key."""
    found = []
    verbs = [one for room in ROOMS.values() for one in room.used.values() if isinstance(one, Verb)]
    assert len(verbs) > 50
    asked: tuple[Query[Any] | Verb[Any], ...] = (*verbs, CLAIM_TASKS, *ASKED_OF_LINES, *ASKED_BY_BOARDS, *ASKED_OF_CUSTOMERS)
    for one in asked:
        found += [
            (one.name, node.get("Relation Name"), node.get("Index Name"), node.get("Index Cond"))
            for node in reads(await planned(connection, one))
            if not by_key(node) and FOLLOWING.get(one.name) != node.get("Index Name")
        ]
    return found


async def planned(connection: asyncpg.Connection, statement: Query[Any] | Verb[Any]) -> dict[str, Any]:
    """The plan that the service would have for it, whatever it is asked with."""
    settings = f"plan_cache_mode = force_generic_plan; set sayso.organisation = '{uuid4()}'; set enable_seqscan = off"  # reading no page at all looks cheap
    await connection.execute(f"set role sayso_service; set {settings}")
    await connection.execute(f"prepare working as {statement.text}")
    rows = await connection.fetch(f"explain (format json) execute working ({', '.join('null' for _ in statement.parameters)})")
    await connection.execute("deallocate working")
    (plan,) = json.loads(rows[0][0])
    root: dict[str, Any] = plan["Plan"]
    return root


async def test_every_verb_and_what_is_asked_of_a_banks_lines_reads_by_key_from_the_first_row_on(empty: asyncpg.Connection) -> None:
    assert await read_through(empty) == []


async def test_every_verb_reads_by_key_where_a_connection_is_made_later(grown: asyncpg.Connection) -> None:
    assert await read_through(grown) == []


async def test_every_verb_reads_by_key_where_an_analysis_saw_other_organisations_alone(analysed: asyncpg.Connection) -> None:
    assert await read_through(analysed) == []


async def looked_up(connection: asyncpg.Connection) -> dict[str, list[str]]:
    """By what in an index the rows are found that are asked for before an organisation is known."""
    return {
        table: [node.get("Index Cond", "").strip("(").partition(" ")[0] for node in reads(await planned(connection, one))]
        for table, one in ASKED_OF_NOBODY.items()
    }


LOOKED_UP = {
    "identity.api_key_hash": ["token_hash"],
    "identity.link_hash": ["token_hash"],
    "identity.sign_in_address": ["address_hash"],
    "identity.public_name": ["slug"],
    "care.mail_address_hash": ["address_hash"],
    "kit.due": ["due_at"],
}


async def test_whose_a_key_an_address_or_a_due_task_is_is_looked_up_from_the_first_row_on(empty: asyncpg.Connection) -> None:
    assert await looked_up(empty) == LOOKED_UP


async def test_whose_a_key_an_address_or_a_due_task_is_is_looked_up_where_a_connection_is_made_later(grown: asyncpg.Connection) -> None:
    assert await looked_up(grown) == LOOKED_UP


async def read_in_order(connection: asyncpg.Connection) -> list[tuple[str, bool]]:
    """How those who follow the facts read them: by which node between two bounds, straight up to the limit."""
    found = []
    followers: tuple[Query[Any] | Verb[Any], ...] = (FOLLOW_FACTS, FACTS_AFTER, READ_ON)
    for one in followers:
        plan = await planned(connection, one)
        limited = [node["Plans"][-1] for node in nodes(plan) if node["Node Type"] == "Limit"]
        found += [
            (read["Node Type"], read["Index Cond"].count("AND (ROW(") == 2 and read in limited)
            for read in reads(plan)
            if read.get("Index Name") == "fact_in_commit_order"
        ]
    return found


async def test_who_follows_the_facts_reads_no_more_than_is_answered_from_the_first_row_on(empty: asyncpg.Connection) -> None:
    assert await read_in_order(empty) == [("Index Scan", True)] * 3


async def test_who_follows_the_facts_reads_no_more_than_is_answered_where_a_connection_is_made_later(grown: asyncpg.Connection) -> None:
    assert await read_in_order(grown) == [("Index Scan", True)] * 3


async def last_checkpoint(connection: asyncpg.Connection) -> list[tuple[str, str, bool]]:
    """How the acts that are answered with a signed receipt find the last checkpoint: from the end of its index, up to the limit, which is one."""
    found = []
    for one in SIGNING:
        plan = await planned(connection, one)
        limited = [node["Plans"][-1] for node in nodes(plan) if node["Node Type"] == "Limit"]
        found += [(one.name, read["Scan Direction"], read in limited) for read in reads(plan) if read.get("Relation Name") == "checkpoint"]
    return found


async def test_an_act_reads_the_last_checkpoint_alone_from_the_first_row_on(empty: asyncpg.Connection) -> None:
    assert await last_checkpoint(empty) == [(one.name, "Backward", True) for one in SIGNING]


async def test_an_act_reads_the_last_checkpoint_alone_where_a_connection_is_made_later(grown: asyncpg.Connection) -> None:
    assert await last_checkpoint(grown) == [(one.name, "Backward", True) for one in SIGNING]
