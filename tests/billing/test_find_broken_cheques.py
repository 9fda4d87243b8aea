"""Cheques whose money lies elsewhere than was told, or that a line shows otherwise, are found by the doctor."""

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.bank_files import imported, statement, with_account
from tests.billing.builders import Books
from tests.billing.test_receive_cheque import on_its_way
from tests.billing.test_see_cheque_in_bank import DEPOSIT
from tests.proofs.soundness import offences_after
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
