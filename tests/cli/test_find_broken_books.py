"""`sayso doctor` finds books, chains, rules and tasks that contradict themselves, whoever broke them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import asyncpg
import pytest

from service.cli.doctor import SESSION, checks
from service.settings import Settings
from tests.billing.builders import Books, carry, pay
from tests.billing.test_write_off_invoice import written_off
from tests.world import World

Find = Callable[..., Awaitable[set[str]]]
OURS = {
    "bad_debts_are_decided",
    "books_are_carried_forward",
    "charged_within_authorised",
    "foreign_keys_hold",
    "invoice_numbers_have_no_gap",
    "ledger_is_in_balance",
    "paid_is_between_nothing_and_total",
    "paid_service_is_not_cut_off",
    "payments_have_their_facts",
    "rules_are_in_force",
    "tasks_will_run",
}


@pytest.fixture
async def broken(owner: asyncpg.Connection) -> AsyncIterator[asyncpg.Connection]:
    """A superuser who may do anything, undone afterwards."""
    transaction = owner.transaction()
    await transaction.start()
    await owner.execute("set local session_replication_role = replica")
    yield owner
    await transaction.rollback()


@pytest.fixture
async def find(world: World, broken: asyncpg.Connection, settings: Settings) -> Find:
    """Which of these checks find something in this organisation, or in none: of all that look at books, where none are named."""

    async def find(*named: str) -> set[str]:
        await broken.execute(SESSION.replace("set ", "set local "))
        found = set()
        for name, _, check in checks():
            if name in (named or OURS):
                found |= {name for organisation_id, *_ in await check(broken, settings) if organisation_id in {None, world.organisation_id}}
        return found

    return find


@pytest.fixture
async def customer_id(world: World) -> UUID:
    """Somebody with two invoices: one paid, one half paid."""
    books = Books(world)
    customer_id = await books.customer()
    first, second = await books.invoice(customer_id, 1_000), await books.invoice(customer_id, 2_000)
    await pay(world, 1_000, invoice_id=first)
    await pay(world, 500, invoice_id=second)
    return customer_id


async def test_honest_books_are_sound(customer_id: UUID, find: Find) -> None:
    assert await find() == set()


@pytest.mark.parametrize(
    "check, change",
    [
        ("foreign_keys_hold", "delete from billing.invoice where organisation_id = $1 and number = 1"),
        ("foreign_keys_hold", "update billing.account_entry set balance_before = balance_before + 1, balance_after = balance_after + 1 where organisation_id = $1 and version > 1 and account_kind = 'receivable'"),
        ("foreign_keys_hold", "delete from authorisations.authorisation where organisation_id = $1"),
        ("charged_within_authorised", "delete from authorisations.capacity where organisation_id = $1 and kind = 'perform'"),
        ("invoice_numbers_have_no_gap", "delete from billing.invoice where organisation_id = $1 and number = 1"),
        ("invoice_numbers_have_no_gap", "update billing.invoice i set transaction_id = o.transaction_id, numbered_after = o.numbered_after from billing.invoice o where i.organisation_id = $1 and o.organisation_id = $1 and o.number = 3 - i.number"),
        ("ledger_is_in_balance", "delete from billing.account_entry where organisation_id = $1 and side = 'credit'"),
        ("ledger_is_in_balance", "update billing.transfer set amount_minor = amount_minor + 1 where organisation_id = $1"),
        ("foreign_keys_hold", "delete from billing.transfer where organisation_id = $1 and kind = 'payment'"),
        ("paid_is_between_nothing_and_total", "delete from billing.allocation where organisation_id = $1 and step = 1 and kind = 'settle' and open_after > 0"),
        ("payments_have_their_facts", "delete from kit.fact where organisation_id = $1 and kind = 'payment_recorded'"),
        ("tasks_will_run", "delete from kit.due where organisation_id = $1"),
        ("tasks_will_run", "delete from kit.task where organisation_id = $1"),
        ("tasks_will_run", "update kit.task set state = 'leased', lease_token = task_id, leased_until = now() - interval '1 day' where organisation_id = $1"),
    ],
)  # fmt: skip
async def test_what_is_broken_on_purpose_is_found(
    world: World, customer_id: UUID, broken: asyncpg.Connection, find: Find, check: str, change: str
) -> None:
    assert await broken.execute(change, world.organisation_id) not in {"UPDATE 0", "DELETE 0"}
    assert await find(check) == {check}


@pytest.mark.parametrize(
    "change",
    [
        "delete from billing.recovery where organisation_id = $1",
        "update billing.allocation set written_off_before = written_off_before + 1, written_off_after = written_off_after + 1 where organisation_id = $1 and step > 2",
        "update billing.account_entry set balance_before = balance_before + 1, balance_after = balance_after + 1 where organisation_id = $1 and account_kind = 'bad_debt' and version = 2",
    ],
)
async def test_bad_debts_that_nobody_decided_are_found(
    world: World, customer_id: UUID, broken: asyncpg.Connection, find: Find, change: str
) -> None:
    (open_one,) = [one for one in (await world.done("GET", f"/v1/invoices?customer_id={customer_id}"))["items"] if one["open_minor"]]
    await written_off(world, open_one["id"])
    await pay(world, 700, invoice_id=open_one["id"])
    assert await find() == set()
    assert await broken.execute(change, world.organisation_id) not in {"UPDATE 0", "DELETE 0"}
    assert await find("bad_debts_are_decided") == {"bad_debts_are_decided"}


@pytest.mark.parametrize(
    "change",
    [
        "update billing.carried_balance set debit_minor = debit_minor + 1, closing_minor = closing_minor + 1 where organisation_id = $1 and kind = 'revenue' and number = 2",
        "update billing.carry_forward set content_hash = sha256('') where organisation_id = $1 and number = 1",
        "delete from billing.carried_balance where organisation_id = $1 and number = 2 and kind = 'revenue'",
        "delete from billing.transfer where organisation_id = $1 and kind = 'allocation'",
        "update billing.transfer set recorded_at = recorded_at + interval '1 day' where organisation_id = $1",
    ],
)  # fmt: skip
async def test_days_carried_forward_that_say_otherwise_are_found(
    world: World, customer_id: UUID, broken: asyncpg.Connection, find: Find, change: str
) -> None:
    world.clock.forward(days=3)
    assert await carry(world) == 3
    assert await find() == set()
    assert await broken.execute(change, world.organisation_id) not in {"UPDATE 0", "DELETE 0"}
    assert await find("books_are_carried_forward") == {"books_are_carried_forward"}


@pytest.mark.parametrize(
    "change",
    [
        "drop policy carried_forward_takes_no_posting on billing.transfer",
        "alter table billing.invoice disable row level security",
        "alter table billing.invoice no force row level security",
        "alter role sayso_service bypassrls",
        "alter table billing.transfer disable trigger all",
        "grant update on billing.transfer to sayso_service",
        "grant delete on kit.fact to sayso_service",
        "alter table billing.transfer alter column epoch set default 2",
        "insert into kit.epoch (epoch) values (2)",
        "alter table billing.payment add constraint tried foreign key (organisation_id, invoice_id) references billing.invoice not valid",
    ],
)
async def test_a_rule_that_was_weakened_is_found(broken: asyncpg.Connection, find: Find, change: str) -> None:
    await broken.execute(change)
    assert await find("rules_are_in_force") == {"rules_are_in_force"}
