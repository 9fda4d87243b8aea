"""Money forged with raw SQL by the service's own role, and by a superuser who owns every table: refused by a named constraint or a grant."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.settings import Settings
from tests.authorisations.ledger import NINE, Connection, Rows, insert
from tests.billing.builders import Books, pay
from tests.world import World

APPEND_ONLY = (
    "account", "transfer", "account_entry", "payment", "receipt", "allocation", "payment_reversal", "provider_event", "parked_money", "parked_resolution",
    "cash_hand_in", "cash_acceptance", "cash_count", "cash_settlement", "cash_limit", "cash_banked", "cash_deposit", "cash_arrival", "receipt_block", "receipt_number_use", "cash_custody", "refund", "refund_outcome", "refund_return",
    "dispute", "dispute_step", "dispute_withdrawal", "write_off", "write_off_decision", "recovery", "cheque", "cheque_step",
)  # fmt: skip


class Forger:
    """Writes the next transfer of an account as the service would, but for what is forged."""

    def __init__(self, connection: Connection, world: World, customer_id: UUID) -> None:
        self.connection, self.world, self.customer_id = connection, world, customer_id
        self.organisation = {"organisation_id": str(world.organisation_id)}

    async def balance(self, kind: str, holder: str) -> tuple[int, int]:
        """(version, balance) of this customer's strand."""
        row = await self.connection.fetchrow(
            "select version, balance_after from billing.account_entry where organisation_id = $1 and account_kind = $2 and account_holder = $3 and strand = $4"
            " order by version desc limit 1",
            self.world.organisation_id, kind, holder, self.customer_id,
        )  # fmt: skip
        return (row[0], row[1]) if row else (0, 0)

    async def transfer(
        self, posting_id: UUID, amount: int, *, debit: str = "customer_credit", credit: str = "receivable", **differences: Any
    ) -> Rows:
        """One transfer with its two sides, honest but for the differences."""
        who = str(self.customer_id)
        whole = {
            **self.organisation, "posting_id": str(posting_id), "ordinal": 1, "debit_kind": debit, "debit_holder": who,
            "credit_kind": credit, "credit_holder": who, "currency": "EUR", "amount_minor": amount, "strand": who,
        } | differences  # fmt: skip
        entries = []
        for side, kind, delta in (("debit", debit, amount), ("credit", credit, -amount)):
            version, before = await self.balance(kind, whole[f"{side}_holder"])
            entries.append({**whole, "side": side, "version": version + 1, "balance_before": before, "balance_after": before + delta})
        told = {"kind": "allocation", "subject_kind": "invoice", "subject_id": str(posting_id), "occurred_at": str(NINE)}
        return {"billing.transfer": [whole | told], "billing.account_entry": entries}

    def allocation(self, posting_id: UUID, invoice_id: UUID, **figures: Any) -> Rows:
        """An allocation row of the transfer."""
        row = {
            **self.organisation, "invoice_id": str(invoice_id), "step": 1, "kind": "settle", "posting_id": str(posting_id), "ordinal": 1,
            "customer_id": str(self.customer_id), "currency": "EUR", "total_minor": 1_000, "open_before": 1_000, "open_after": 0,
        }  # fmt: skip
        return {"billing.allocation": [row | figures]}

    async def refused(self, by: str, rows: Rows) -> None:
        """The statement is refused, by that constraint."""
        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as caught:
            async with self.connection.transaction():
                await insert(self.connection, rows)
        assert caught.value.constraint_name == by, caught.value


@pytest.fixture(params=["service", "owner"])
async def forger(request: pytest.FixtureRequest, settings: Settings, owner_url: str, world: World) -> AsyncIterator[Forger]:
    """A customer who owes 10.00 and has 3.00 credit, and somebody with SQL at hand; rolled back."""
    books = Books(world)
    customer_id = await books.customer()
    await pay(world, 200, customer_id=customer_id)
    await pay(world, 100, customer_id=customer_id)
    await books.invoice(customer_id, 1_000)
    connection = await asyncpg.connect(settings.database_url if request.param == "service" else owner_url)
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute(f"set local sayso.organisation = '{world.organisation_id}'; set constraints all immediate")
    yield Forger(connection, world, customer_id)
    await transaction.rollback()
    await connection.close()


async def invoice_of(forger: Forger) -> UUID:
    return UUID(str(await forger.connection.fetchval("select invoice_id from billing.invoice where customer_id = $1", forger.customer_id)))


async def test_an_honest_allocation_passes_so_that_the_refusals_below_mean_something(forger: Forger) -> None:
    posting_id = forger.world.id()
    await insert(
        forger.connection,
        {**await forger.transfer(posting_id, 300), **forger.allocation(posting_id, await invoice_of(forger), open_after=700)},
    )
    assert await forger.connection.fetchval("select open_after from billing.allocation where posting_id = $1", posting_id) == 700


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["update billing.{} set organisation_id = organisation_id", "delete from billing.{}"])
async def test_the_service_can_neither_edit_nor_delete(world: World, table: str, change: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.sql(change.format(table))


async def test_a_transfer_without_its_two_sides_is_refused(forger: Forger) -> None:
    rows = await forger.transfer(forger.world.id(), 300)
    debit, credit = rows["billing.account_entry"]
    await forger.refused("transfer_credits_its_account", {**rows, "billing.account_entry": [debit]})
    await forger.refused("transfer_debits_its_account", {**rows, "billing.account_entry": [credit]})


async def test_a_side_without_its_transfer_or_of_another_amount_is_refused(forger: Forger) -> None:
    rows = await forger.transfer(forger.world.id(), 300)
    await forger.refused("entry_of_transfer", {"billing.account_entry": rows["billing.account_entry"]})
    for entry in rows["billing.account_entry"]:
        entry["amount_minor"] = 200
        entry["balance_after"] = entry["balance_before"] + (200 if entry["side"] == "debit" else -200)
    await forger.refused("entry_of_transfer", rows)


async def test_a_balance_neither_forks_nor_skips_nor_lies(forger: Forger) -> None:
    for figures, by in (
        ({"version": 2}, "account_entry_pkey"),
        ({"version": 9}, "entry_follows"),
        ({"balance_before": -5_000, "balance_after": -4_700}, "entry_follows"),
        ({"balance_after": -3_000}, "balance_adds"),
    ):
        rows = await forger.transfer(forger.world.id(), 300)
        rows["billing.account_entry"][0] |= figures
        await forger.refused(by, rows)


async def test_no_credit_is_spent_that_is_not_there(forger: Forger) -> None:
    await forger.refused("credit_never_overdrawn", await forger.transfer(forger.world.id(), 301))


async def test_no_more_is_taken_off_a_receivable_than_is_owed(forger: Forger) -> None:
    rows = await forger.transfer(forger.world.id(), 1_001, debit="write_off")
    for entry in (*rows["billing.transfer"], *rows["billing.account_entry"]):
        entry["debit_holder"] = ""
    rows["billing.account"] = [{**forger.organisation, "kind": "write_off", "holder": "", "currency": "EUR"}]
    await forger.refused("receivable_and_cheques_never_overdrawn", rows)


async def test_no_more_leaves_the_cheques_than_is_on_its_way(forger: Forger) -> None:
    rows = await forger.transfer(forger.world.id(), 1, debit="bank", credit="cheques", debit_holder="", credit_holder="")
    rows["billing.account"] = [{**forger.organisation, "kind": kind, "holder": "", "currency": "EUR"} for kind in ("bank", "cheques")]
    await forger.refused("receivable_and_cheques_never_overdrawn", rows)


async def test_nothing_is_written_off_without_a_yes_nor_in_part_nor_twice(forger: Forger) -> None:
    invoice_id, posting_id = await invoice_of(forger), forger.world.id()
    rows = await forger.transfer(posting_id, 1_000, debit="bad_debt", debit_holder="")
    rows["billing.account"] = [{**forger.organisation, "kind": "bad_debt", "holder": "", "currency": "EUR"}]
    for figures, by in (
        ({"kind": "write_off", "open_after": 0, "written_off_after": 1_000}, "written_off_as_approved"),
        ({"kind": "write_off", "open_after": 1, "written_off_after": 999}, "written_off_whole"),
        ({"kind": "write_off", "open_after": 0, "written_off_after": 0}, "written_off_moves_its_way"),
        ({"kind": "settle", "open_after": 0, "written_off_after": 1_000}, "written_off_moves_its_way"),
        ({"kind": "settle", "open_before": 1_000, "written_off_before": 9, "written_off_after": 9}, "allocation_begins_with_all_open"),
        ({"kind": "recover", "open_before": 0, "open_after": 1_000, "written_off_before": 1_000, "step": 2}, "allocation_follows"),
    ):
        await forger.refused(
            by, {**rows, **forger.allocation(posting_id, invoice_id, **{"written_off_before": 0, "written_off_after": 0} | figures)}
        )


async def test_an_invoice_is_never_paid_beyond_its_total_nor_by_money_that_did_not_move(forger: Forger) -> None:
    invoice_id, posting_id = await invoice_of(forger), forger.world.id()
    rows = await forger.transfer(posting_id, 300)
    for figures, by in (
        ({"open_after": 0}, "allocation_is_posted"),
        ({"open_before": 1_000, "open_after": -300}, "paid_within_total"),
        ({"total_minor": 300, "open_before": 300, "open_after": 0}, "allocation_of_invoice"),
        ({"step": 2, "open_before": 300, "open_after": 0}, "allocation_follows"),
        ({"open_before": 300, "open_after": 0}, "allocation_begins_with_all_open"),
        ({"kind": "reopen", "open_after": 700}, "allocation_moves_its_way"),
    ):
        await forger.refused(by, {**rows, **forger.allocation(posting_id, invoice_id, **figures)})
    await forger.refused("allocation_is_posted", forger.allocation(posting_id, invoice_id, open_after=700))


async def test_one_customers_money_never_pays_anothers_invoice(forger: Forger) -> None:
    books = Books(forger.world)
    books.number = 1  # the forger’s customer has the first
    other = await books.customer()
    theirs, posting_id = await books.invoice(other, 1_000), forger.world.id()
    rows = await forger.transfer(posting_id, 300)
    await forger.refused("allocation_of_invoice", {**rows, **forger.allocation(posting_id, theirs, open_after=700)})
    await forger.refused("allocation_is_posted", {**rows, **forger.allocation(posting_id, theirs, open_after=700, customer_id=str(other))})
    rows["billing.transfer"][0]["credit_holder"] = str(other)
    await forger.refused("customer_money_under_their_lock", rows)


async def test_a_payment_is_money_that_moved_and_told_once(forger: Forger) -> None:
    real = await forger.connection.fetchrow("select * from billing.payment where customer_id = $1 limit 1", forger.customer_id)
    assert real is not None
    columns = [
        "organisation_id",
        "customer_id",
        "key_kind",
        "key",
        "method",
        "amount_minor",
        "currency",
        "taken_by",
        "captured_at",
        "source_kind",
        "source_holder",
    ]
    copy = {name: value if isinstance(value := real[name], int) else str(value) for name in columns}
    await forger.refused("payment_told_once", {"billing.payment": [copy | {"payment_id": str(forger.world.id())}]})
    await forger.refused("payment_is_posted", {"billing.payment": [copy | {"payment_id": str(forger.world.id()), "key": "another"}]})


async def test_a_payment_by_cheque_has_its_cheque(forger: Forger) -> None:
    payment_id = forger.world.id()
    payment = forger.organisation | {
        "payment_id": str(payment_id), "customer_id": str(forger.customer_id), "key_kind": "cheque", "key": "forged", "method": "cheque",
        "amount_minor": 300, "currency": "EUR", "captured_at": str(NINE), "source_kind": "cheques", "source_holder": "",
    }  # fmt: skip
    rows = await forger.transfer(payment_id, 300, debit="cheques", debit_holder="", credit="customer_credit")
    rows["billing.account"] = [{**forger.organisation, "kind": "cheques", "holder": "", "currency": "EUR"}]
    await forger.refused("cheque_payment_has_its_cheque", rows | {"billing.payment": [payment]})


async def test_nobody_comes_to_hold_less_cash_than_nothing(forger: Forger) -> None:
    agent = await forger.connection.fetchval("select taken_by from billing.payment where customer_id = $1 limit 1", forger.customer_id)
    place = {"debit_holder": "", "credit_holder": str(agent)}
    out = await forger.transfer(forger.world.id(), 301, debit="cash_in_transit", credit="cash_on_agent", **place)
    out["billing.account"] = [{**forger.organisation, "kind": "cash_in_transit", "holder": "", "currency": "EUR"}]
    entry = next(one for one in out["billing.account_entry"] if one["side"] == "credit")
    taken = {name: entry[name] for name in ("organisation_id", "currency", "strand", "version", "side", "amount_minor")}
    step = taken | {"staff_id": str(agent), "step": 3, "held_before": 300, "held_after": -1}
    for by, steps in (
        ("entry_steps_custody", []),
        ("nobody_holds_less_than_nothing", [step]),
        ("custody_follows", [step | {"held_before": 301, "held_after": 0}]),
        ("custody_begins_with_nothing", [step | {"step": 1, "held_before": 301, "held_after": 0}]),
        ("custody_adds", [step | {"held_after": 0}]),
        ("entry_steps_custody", [step | {"amount_minor": 300, "held_after": 0}]),
    ):
        await forger.refused(by, out | ({"billing.cash_custody": steps} if steps else {}))
    unmoved = step | {"version": entry["version"] + 5, "side": "debit", "held_after": 601}
    await forger.refused("custody_of_entry", {"billing.cash_custody": [unmoved]})
    again = step | {"version": 1, "side": "debit", "held_after": 601}
    await forger.refused("one_custody_step_an_entry", {"billing.cash_custody": [again]})


async def test_a_collection_without_an_id_counts_once(forger: Forger) -> None:
    told = {"invoice_id": await invoice_of(forger), "visit_id": await Books(forger.world).visit(forger.customer_id)}
    paid = await pay(forger.world, 100, **told)
    real = await forger.connection.fetchrow("select * from billing.payment where payment_id = $1", UUID(paid["payment_id"]))
    assert real is not None
    generated = {"first_ordinal", "cheque_id", "credit_kind", "credit_holder", "recorded_at", "corrects", "epoch", "transaction_id"}
    copy = {name: value if isinstance(value, int) else str(value) for name, value in real.items() if name not in generated}
    again = copy | {"payment_id": str(forger.world.id()), "key": "another"}
    await forger.refused("one_collection_of_an_invoice_per_visit", {"billing.payment": [again]})
    unplaced = {name: value for name, value in again.items() if name != "visit_id"}
    await forger.refused("collection_is_of_a_visit", {"billing.payment": [unplaced]})
    for elsewhere in (forger.world.id(), await Books(forger.world).visit(await Books(forger.world).customer())):
        await forger.refused("payment_at_visit_of_its_customer", {"billing.payment": [again | {"visit_id": str(elsewhere)}]})


async def test_another_organisations_money_is_neither_seen_nor_written(world: World, other_world: World) -> None:
    await pay(world, 300, customer_id=await Books(world).customer())
    for table in (*APPEND_ONLY, "collection_attempt"):
        assert await other_world.sql(f"select 1 from billing.{table}") == []
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await other_world.sql(
            "insert into billing.account (organisation_id, kind, holder, currency) values ($1, 'bank', '', 'EUR')", world.organisation_id
        )
