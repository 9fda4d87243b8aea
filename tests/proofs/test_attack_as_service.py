"""Raw SQL as the service's own role, over every table that the catalogue knows: logs only grow, and other organisations aren't there.

A new table is in here by being a table. What isn't a log is written down below; so is what stands outside the wall.
"""

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import asyncpg
import pytest

from service.kit.seals.queries import LOGS
from service.settings import Settings
from tests.identity.test_organisation import LOOK_UPS
from tests.security.company import lived_in
from tests.world import World

CHANGEABLE = {
    "authorisations.consent_detail": "DELETE",
    "authorisations.offer": "DELETE",
    "authorisations.offer_photo": "DELETE",
    "authorisations.offer_revision": "DELETE",
    "authorisations.photo_content": "DELETE",
    "authorisations.question": "DELETE",
    "authorisations.question_reply": "DELETE",
    "authorisations.signature": "DELETE",
    "billing.account_number": "DELETE name number",
    "billing.bank_account": "csv_map known_payer_posts name version",
    "billing.bank_waiting": "DELETE judged_at",
    "billing.cheque_on_its_way": "DELETE",
    "billing.refund_on_its_way": "DELETE",
    "billing.outage_order": "done_at",
    "billing.collection_attempt": "provider_intent_id provider_session_id state",
    "billing.payout": "arrives_on status trace_id",
    "billing.debtor": "DELETE from_on",
    "billing.debtor_cursor": "until_epoch until_transaction",
    "billing.event_cursor": "read_until",
    "billing.saved_method_face": "DELETE",
    "billing.waiting_event": "DELETE next_try_at reason tries",
    "customers.asset": "kind name plate serial site_id version",
    "customers.contact": "address channel may_authorise name version",
    "customers.find_word": "DELETE",
    "customers.former_address": "DELETE",
    "customers.customer": "buyer_reference city country electronic_address language name postcode reference street vat_id version zone",
    "customers.customer_step": "DELETE",
    "customers.site_step": "DELETE",
    "customers.sites_moved": "times",
    "customers.site": "access_notes address jurisdiction latitude_e7 longitude_e7 version zone",
    "dispatch.occupancy": "DELETE ends_at expires_at kind starts_at technician_id",
    "dispatch.position": "DELETE",
    "dispatch.preference": "technician_id",
    "dispatch.shift": "DELETE",
    "dispatch.technician": "active capacity end_latitude_e7 end_longitude_e7 home_latitude_e7 home_longitude_e7 hour_cost_minor km_cost_minor may_take_cash most_overtime_minutes"
    " overtime_hour_cost_minor reach_metres skills speed_percent start_latitude_e7 start_longitude_e7 version zone",
    "dispatch.waiting_visit": "DELETE",
    "dispatch.unfinished_job": "DELETE",
    "dispatch.travel_leg": "DELETE engine metres seconds told_at",
    "identity.api_key": "revoked_at",
    "identity.device": "revoked_at",
    "identity.link": "revoked_at",
    "identity.mail_link": "used_at",
    "identity.logo": "content logo_hash set_at",
    "identity.organisation": "account_holder address bank_details bic city colour country electronic_address email iban language legal_id name phone postcode registration reply_within_minutes"
    " slug street tax_number vat_id version zone",
    "identity.session": "end_reason ended_at generation refreshed_at",
    "identity.sign_in_address": "DELETE",
    "identity.staff": "active email name password_hash roles version",
    "kit.due": "DELETE due_at",
    "kit.idempotency": "DELETE",
    "kit.task": "DELETE attempts due_at finished_at last_error lease_token leased_until state",
    "care.attachment": "DELETE customer_id",
    "care.case_note": "DELETE",
    "care.event": "cancelled changed_at ends_at place starts_at title version words",
    "care.idea": "DELETE words",
    "care.idea_vote": "DELETE",
    "care.mail_address": "DELETE",
    "care.mail_address_hash": "DELETE",
    "care.mail_head": "DELETE",
    "care.mail_position": "last_uid uid_validity",
    "care.mail_proof": "DELETE",
    "care.mail_sender": "DELETE mail_address_id name",
    "care.message": "DELETE",
    "care.bench_note": "DELETE",
    "care.hand_over_signature": "DELETE",
    "care.hand_over_text": "DELETE",
    "care.loan_paper": "DELETE",
    "care.open_custody": "DELETE state",
    "care.open_case": "DELETE due_at returned staff_id team waiting",
    "care.stray_mail": "DELETE",
    "care.text_door": "DELETE",
    "notices.followed": "facts_epoch sequence transaction_id",
    "notices.open_reach": "DELETE",
    "promises.open_promise": "DELETE",
    "promises.wording": "DELETE",
    "subscriptions.subscription_tag": "DELETE",
    "subscriptions.incident": "estimate until_at",
    "subscriptions.incident_heard": "ended estimate until_epoch until_transaction",
    "subscriptions.lapsing": "DELETE from_on",
    "subscriptions.lapsing_cursor": "until_epoch until_transaction",
    "webhooks.attempt": "DELETE",
    "webhooks.delivery": "DELETE attempts due_at ended_at state tried_since",
    "webhooks.progress": "facts_epoch failing_since sequence silent_rounds transaction_id",
    "webhooks.webhook": "description former_secret_until kinds place secret_number state step url version",
}
"""What the service may do besides reading and adding, each a decision: a table that isn't here is a log."""
UNSEALED = {
    "billing.bank_waiting_for": "what a line that waits may be for: goes with it, and is reckoned anew",
    "identity.api_key_hash": "a look-up",
    "identity.link_hash": "a look-up",
    "identity.public_name": "a look-up",
    "kit.checkpoint": "the seals themselves, each signed and chained to the one before",
}
"""What is neither changed nor deleted and under no seal, each with why."""
TABLES = """
select n.nspname || '.' || c.relname as name,
  array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    and has_column_privilege('sayso_service', c.oid, a.attnum, 'UPDATE') order by a.attnum) as updates,
  has_table_privilege('sayso_service', c.oid, 'DELETE') as deletes,
  has_any_column_privilege('sayso_service', c.oid, 'INSERT') as inserts,
  c.relrowsecurity and c.relforcerowsecurity as walled,
  exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'transaction_id' and not a.attisdropped) as dated
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'
order by 1"""

FOUND_BY = """
with named as (insert into identity.public_name (organisation_id, slug) values ($1, $2)),
signing_in as (insert into identity.sign_in_address (address_hash, organisation_id, staff_id) values (sha256(convert_to($2, 'UTF8')), $1, $3))
insert into care.mail_address_hash (organisation_id, address_hash) values ($1, sha256(convert_to($2, 'UTF8')))"""
"""By what an organisation is found before it is known, beside its keys, links and due tasks."""


class Table(NamedTuple):
    """A table as the service's grants show it."""

    name: str
    updates: list[str]
    deletes: bool
    inserts: bool
    walled: bool
    dated: bool


@pytest.fixture
async def tables(owner: asyncpg.Connection) -> list[Table]:
    """Every table there is."""
    return [Table(*row) for row in await owner.fetch(TABLES)]


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """A connection as whoever has stolen the service's password."""
    connection = await asyncpg.connect(settings.database_url)
    yield connection
    await connection.close()


async def said(service: asyncpg.Connection, statement: str, *values: Any, organisation: object = "") -> Any:
    """What came of a statement, undone afterwards: the error's class, or the value."""
    transaction = service.transaction()
    await transaction.start()
    try:
        await service.execute(f"set local sayso.organisation = '{organisation}'")
        return await service.fetchval(statement, *values)
    except asyncpg.PostgresError as error:
        return type(error)
    finally:
        await transaction.rollback()


async def test_what_the_service_may_change_is_written_down_and_the_rest_are_logs(tables: list[Table]) -> None:
    may = {table.name: set(table.updates) | ({"DELETE"} if table.deletes else set()) for table in tables if table.updates or table.deletes}
    assert may == {name: set(columns.split()) for name, columns in CHANGEABLE.items()}


async def test_every_log_is_sealed_so_that_the_doctor_finds_a_row_that_its_owner_edits_or_removes(
    world: World, service: asyncpg.Connection, tables: list[Table]
) -> None:
    logs = {table.name for table in tables if table.inserts and not table.updates and not table.deletes}
    assert {table.name for table in tables if table.name in logs and not table.dated} == UNSEALED.keys()
    assert {row["log"] for row in await service.fetch(LOGS.text)} == logs - UNSEALED.keys()


async def test_no_log_is_edited_emptied_or_thinned(service: asyncpg.Connection, tables: list[Table]) -> None:
    for table in tables:
        attempts = {f"truncate {table.name} cascade", f"drop table {table.name} cascade"}
        if not table.updates:
            attempts.add(f"update {table.name} set {await first_column(service, table)} = default")
        if not table.deletes:
            attempts.add(f"delete from {table.name}")
        for statement in attempts:
            assert await said(service, statement) is asyncpg.InsufficientPrivilegeError, statement


async def test_another_organisations_rows_can_be_neither_seen_counted_changed_nor_added(
    world: World, other_world: World, service: asyncpg.Connection, owner: asyncpg.Connection, tables: list[Table]
) -> None:
    await lived_in(world)
    await world.sql(FOUND_BY, world.organisation_id, f"doorstep-{world.id().hex[-12:]}", world.id())
    filled = 0
    for table in tables:
        if not table.walled and table.name not in LOOK_UPS:
            continue
        theirs = await owner.fetchval(f"select count(*) from {table.name} where organisation_id = $1", world.organisation_id)
        filled += theirs > 0
        assert theirs or table.name not in LOOK_UPS, table.name
        counted = f"select count(*) from {table.name} where organisation_id = '{world.organisation_id}'"
        for organisation in (other_world.organisation_id, ""):
            seen = await said(service, counted, organisation=organisation)
            assert seen == (theirs if table.name in LOOK_UPS else 0), table.name
        everything = counted if table.name in LOOK_UPS else f"select count(*) from {table.name}"
        own = await said(service, everything, organisation=world.organisation_id)
        assert own == theirs, table.name
        if table.inserts:
            statement = f"insert into {table.name} (organisation_id) values ('{world.organisation_id}')"
            assert await said(service, statement, organisation=other_world.organisation_id) is asyncpg.InsufficientPrivilegeError, (
                table.name
            )
        for column in table.updates:
            statement = f"with changed as (update {table.name} set {column} = {column} where organisation_id = '{world.organisation_id}' returning 1) select count(*) from changed"
            assert await said(service, statement, organisation=other_world.organisation_id) == 0, table.name
        if table.deletes:
            statement = f"with gone as (delete from {table.name} where organisation_id = '{world.organisation_id}' returning 1) select count(*) from gone"
            assert await said(service, statement, organisation=other_world.organisation_id) == 0, table.name
    assert filled > 40


@pytest.mark.parametrize(
    "attempt",
    [
        "set role postgres",
        "set session authorization postgres",
        "alter role sayso_service bypassrls",
        "alter role sayso_service superuser",
        "set session_replication_role = replica",
        "alter table kit.fact disable row level security",
        "alter table kit.fact no force row level security",
        "alter table billing.transfer drop constraint transfer_pkey",
        "alter table kit.fact disable trigger all",
        "drop policy tenant on kit.fact",
        "create policy everybody on kit.fact using (true)",
        "create function kit.tenant() returns uuid language sql return null",
        "create or replace function kit.recorded_now() returns timestamptz language sql return now()",
        "create function public.helper() returns int language sql return 1",
        "create trigger forge before insert on kit.fact for each row execute function suppress_redundant_updates_trigger()",
        "create rule forge as on insert to kit.fact do instead nothing",
        "create schema mine",
        "create table public.mine (n int)",
        "create extension dblink",
        "copy kit.fact to program 'cat'",
        "copy kit.fact to '/tmp/facts'",
        "copy kit.fact (kind) from '/etc/passwd'",
        "select pg_read_file('/etc/passwd')",
        "select lo_import('/etc/passwd')",
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres' and pid <> pg_backend_pid()",
        "select * from pg_authid",
        "alter system set row_security = off",
        "reindex table kit.fact",
        "cluster kit.fact using fact_in_commit_order",
    ],
)
async def test_the_service_cannot_make_itself_greater(service: asyncpg.Connection, attempt: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await service.execute(attempt)


async def test_a_right_given_to_oneself_is_none(service: asyncpg.Connection) -> None:
    await service.execute("grant all on kit.fact to sayso_service")  # PostgreSQL says "no privileges were granted", which isn't an error
    assert await said(service, "update kit.fact set kind = kind") is asyncpg.InsufficientPrivilegeError


async def test_switching_row_security_off_shows_an_error_and_no_rows(world: World, service: asyncpg.Connection) -> None:
    await world.customer()
    await service.execute("set row_security = off")
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        await service.fetch("select * from customers.customer")


async def test_copying_out_shows_ones_own_rows_alone_and_copying_in_is_refused(
    world: World, other_world: World, service: asyncpg.Connection
) -> None:
    await world.customer()
    mine = await other_world.customer(name="Own")
    transaction = service.transaction()
    await transaction.start()
    await service.execute(f"set local sayso.organisation = '{other_world.organisation_id}'")
    out = bytearray()

    async def keep(data: bytes) -> None:
        out.extend(data)

    await service.copy_from_query("select customer_id from customers.customer", output=keep)
    assert out.decode().split() == [mine["id"]]
    await transaction.rollback()
    with pytest.raises(asyncpg.FeatureNotSupportedError, match="row-level security"):
        await service.copy_records_to_table("fact", schema_name="kit", records=[], columns=["organisation_id"])


async def test_a_function_of_ones_own_sees_no_more(world: World, other_world: World, service: asyncpg.Connection) -> None:
    await world.customer()
    helper = "create function pg_temp.helper() returns bigint language sql security definer as 'select count(*) from customers.customer'"
    transaction = service.transaction()
    await transaction.start()
    await service.execute(f"set local sayso.organisation = '{other_world.organisation_id}'")
    await service.execute(helper)
    assert await service.fetchval("select pg_temp.helper()") == 0
    await transaction.rollback()


async def test_no_rule_reads_a_type_that_one_can_name_ones_own_after(service: asyncpg.Connection) -> None:
    """A body in quotes is read where it is called, and a type in pg_temp comes before the catalogue's."""
    found = await service.fetch(
        "select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang"
        " where n.nspname !~ '^pg_|^information_schema$' and l.lanname in ('sql', 'plpgsql') and p.prosqlbody is null and (p.provolatile = 'i'"
        " or exists (select from pg_depend d where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid and d.classid in ('pg_constraint'::regclass, 'pg_policy'::regclass)))"
        r" and p.prosrc ~ '(^|[^.\w])(text|json|jsonb|uuid|bytea|date|timestamptz)\M(?!\s*\()'"
    )
    assert [row["name"] for row in found] == []


async def first_column(service: asyncpg.Connection, table: Table) -> str:
    """Any column's name."""
    name: str = await service.fetchval("select attname from pg_attribute where attrelid = $1::text::regclass and attnum = 1", table.name)
    return name
