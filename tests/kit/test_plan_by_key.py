"""Plans made while tables are empty are right once they have grown: a working statement looks rows up by their keys, never by reading an organisation through."""

import json
import os
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from db.migrate import migrate
from service.billing.queries.bank import INVOICES_BY_NUMBER, KNOWN_PAYERS, OPEN_INVOICES_OF, PAYMENTS_RETURNED, PAYMENTS_TOLD_BEFORE
from service.billing.queries.cheques import CHEQUES_TO_SEE
from service.billing.queries.deposits import DEPOSITS_TO_SEE
from service.billing.queries.payouts import PAYOUTS_TO_SEE
from service.kit.embedded_postgres import create_database, drop_database
from service.kit.sql import ROOMS, Verb
from tests.conftest import SERVICE_PASSWORD

FEW = {
    "one_organisation_an_id", "one_staff_an_address", "one_staff_an_id", "session_live_by_staff", "one_api_key_an_id", "one_mail_link_an_id", "policy_figures",
    "one_technician_a_member_of_staff", "carry_forward_pkey", "period_pkey", "account_number_pkey", "carried_balance_pkey", "transfers_in_order", "one_shift_at_a_time", "periods_of_a_subscription_never_overlap",
    "receipt_block_pkey", "receipt_block_terms", "debtor_cursor_pkey", "receivables_moved",
}  # fmt: skip
"""Indexes of what an organisation has few of, or the statement reads only where a period is supplied, or from where it read to before."""
ASKED_OF_LINES = (
    INVOICES_BY_NUMBER, KNOWN_PAYERS, OPEN_INVOICES_OF, PAYMENTS_RETURNED, PAYMENTS_TOLD_BEFORE, CHEQUES_TO_SEE, DEPOSITS_TO_SEE, PAYOUTS_TO_SEE,
)  # fmt: skip
"""Questions that are asked for every few lines of a bank's statement."""
READS = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan"}


def reads(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every node that reads a table or an index."""
    if node["Node Type"] in READS:
        yield node
    for inner in node.get("Plans", []):
        yield from reads(inner)


def by_key(node: dict[str, Any]) -> bool:
    """Whether more than the organisation is looked up: what somebody or something is, not only since when."""
    looked_up = node.get("Index Cond", "organisation_id")
    return "organisation_id" not in looked_up or looked_up.count(" = ") > 1 or node.get("Index Name") in FEW


@pytest.fixture
async def empty(postgres: str) -> AsyncIterator[asyncpg.Connection]:
    """A database that nobody has written to, as the service sees it."""
    name = f"plans_{os.getpid()}"
    url = await create_database(postgres, name)
    await migrate(url, service_password=SERVICE_PASSWORD)
    connection = await asyncpg.connect(url)
    yield connection
    await connection.close()
    await drop_database(postgres, name)


async def test_every_verb_and_what_is_asked_of_a_banks_lines_reads_by_key_from_the_first_row_on(empty: asyncpg.Connection) -> None:
    settings = f"plan_cache_mode = force_generic_plan; set sayso.organisation = '{uuid4()}'; set enable_seqscan = off"  # reading no page at all looks cheap
    await empty.execute(f"set role sayso_service; set {settings}")
    read_through = []
    verbs = [one for room in ROOMS.values() for one in room.used.values() if isinstance(one, Verb)]
    assert len(verbs) > 50
    for one in (*verbs, *ASKED_OF_LINES):
        await empty.execute(f"prepare working as {one.text}")
        rows = await empty.fetch(f"explain (format json) execute working ({', '.join('null' for _ in one.parameters)})")
        await empty.execute("deallocate working")
        (plan,) = json.loads(rows[0][0])
        read_through += [
            (one.name, node.get("Relation Name"), node.get("Index Name"), node.get("Index Cond"))
            for node in reads(plan["Plan"])
            if not by_key(node)
        ]
    assert not read_through
