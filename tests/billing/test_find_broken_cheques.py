"""Cheques whose money lies elsewhere than was told, or that a line shows otherwise, are found by the doctor."""

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.bank_files import imported, statement, with_account
from tests.billing.builders import Books, pay
from tests.billing.test_receive_cheque import acted, on_its_way
from tests.billing.test_refund_credit import refund, told
from tests.billing.test_see_cheque_in_bank import DEPOSIT
from tests.proofs.soundness import offences, offences_after
from tests.world import World


@pytest.mark.parametrize(
    "edit",
    [
        "delete from billing.cheque_step where organisation_id = $1",
        "delete from billing.bank_sighting where organisation_id = $1",
        "update billing.cheque_step set state = 'bounced' where organisation_id = $1",
    ],
)
async def test_a_cheque_that_stands_otherwise_than_the_bank_shows_is_found(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings, edit: str
) -> None:
    await with_account(world)
    await on_its_way(world, books)
    await imported(world, statement(0, 5_000, DEPOSIT))
    assert "cheques_are_where_they_were_told" in await offences_after(owner, settings, world, edit)


@pytest.mark.parametrize("cleared", [False, True])
async def test_a_list_of_what_is_on_its_way_that_leaves_one_out_or_keeps_one_is_found(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings, cleared: bool
) -> None:
    cheque = await on_its_way(world, books)
    await pay(world, 600, customer_id=(customer_id := await books.customer()))
    refunds = [(await refund(world, customer_id, 300)).json()["refund_id"] for _ in "12"]
    await told(world, refunds[0], "cancel")
    assert await offences(owner, settings, world) == {}
    if cleared:
        await acted(world, cheque, "clear", {"bank_reference": "B1"})
    edit = (
        "insert into billing.{0}_on_its_way select organisation_id, {1} from billing.{0} where organisation_id = $1 on conflict do nothing"
    )
    edit = edit if cleared else "delete from billing.{0}_on_its_way where organisation_id = $1"
    found = await offences_after(owner, settings, world, edit.format("cheque", "payment_id"))
    assert list(found) == ["cheques_are_where_they_were_told"]
    found = await offences_after(owner, settings, world, edit.format("refund", "refund_id"))
    assert list(found) == ["refunds_on_their_way_are_listed"]
