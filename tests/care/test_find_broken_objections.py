"""An objection that holds nothing, that no case has, or that another line was credited for, is found by the doctor."""

import asyncpg
import pytest

from service.settings import Settings
from tests.care.objections import Billed, billed
from tests.proofs.soundness import offences, offences_after

__all__ = ["billed"]
CHECK = "objections_hold_until_decided"


@pytest.mark.parametrize(
    "edit",
    [
        "delete from care.objection_decision where organisation_id = $1",
        "delete from care.objection where organisation_id = $1",
        "delete from care.open_case where organisation_id = $1",
        "update billing.credit_line set line_number = 2 where organisation_id = $1",
    ],
)
async def test_an_objection_that_contradicts_its_hold_its_case_or_its_credit_is_found(
    billed: Billed, owner: asyncpg.Connection, settings: Settings, edit: str
) -> None:
    await billed.decide(await billed.objects(1), "credited", quantity="1")
    await billed.objects(2)
    assert CHECK not in await offences(owner, settings, billed.world)
    assert CHECK in await offences_after(owner, settings, billed.world, edit)
