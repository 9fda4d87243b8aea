"""The company's bank account: kept only as its check digits prove it, in the rule and in the database."""

from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.kit.check_digits import is_iban, rest_of_97
from tests.world import World

IBANS = [
    "DE75512108001245126199",
    "GB33BUKB20201555555555",
    "NO9386011117947",
    "MT31MALT01100000000000000000123",
    "FR7630006000011234567890189",
]
"""Of ISO 13616's registry: the examples of five countries."""
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


async def changed(world: World, **change: str) -> Any:
    """The answer to a change of the organisation as it is now."""
    etag = (await world.get("/v1/organisation")).headers["etag"]
    return await world.request("PATCH", "/v1/organisation", json=change, headers={"If-Match": etag})


async def kept(world: World) -> list[str]:
    """The bank account as it is told."""
    told = (await world.get("/v1/organisation")).json()
    return [told[name] for name in ("account_holder", "iban", "bic", "bank_details")]


async def test_the_bank_account_is_kept_without_its_spaces_and_taken_away_by_empty_texts(world: World) -> None:
    assert await kept(world) == ["", "", "", ""]
    answer = await changed(world, account_holder="Northwind GmbH", iban="DE75 5121 0800 1245 1261 99", bic="SOGEDEFFXXX")
    assert answer.status_code == 200, answer.text
    assert await kept(world) == ["Northwind GmbH", "DE75512108001245126199", "SOGEDEFFXXX", ""]
    assert (await changed(world, iban="", bic="", bank_details="Routing 021000021, account 1234567")).status_code == 200
    assert await kept(world) == ["Northwind GmbH", "", "", "Routing 021000021, account 1234567"]


@pytest.mark.parametrize("iban", ["DE75512108001245126198", "DE57512108001245126199", "DE75512108001245126919", "GB33BUKB20201555555556"])
async def test_an_account_number_with_a_slip_in_it_is_refused(world: World, iban: str) -> None:
    answer = await changed(world, account_holder="Northwind GmbH", iban=iban)
    assert (answer.status_code, answer.json()["code"]) == (422, "IBAN_UNPROVEN")
    assert await kept(world) == ["", "", "", ""]


async def test_an_account_number_needs_its_holder(world: World) -> None:
    answer = await changed(world, iban=IBANS[0])
    assert (answer.status_code, answer.json()["code"]) == (422, "ACCOUNT_WITHOUT_HOLDER")
    assert (await changed(world, account_holder="Northwind GmbH", iban=IBANS[0])).status_code == 200
    answer = await changed(world, account_holder="")
    assert (answer.status_code, answer.json()["code"]) == (422, "ACCOUNT_WITHOUT_HOLDER")


@pytest.mark.parametrize(
    "change",
    [{"account_holder": "North\nwind"}, {"account_holder": " "}, {"account_holder": "N" * 71}, {"bic": "SOGEDEFFXX"}, {"iban": "de75"}],
)
async def test_what_no_bank_would_take_is_refused(world: World, change: dict[str, str]) -> None:
    assert (await changed(world, **change)).status_code == 422


@pytest.mark.parametrize(
    "column, value, constraint",
    [
        ("iban", "DE75512108001245126198", "organisation_iban_proven"),
        ("iban", "DE7551210800124512619 ", "organisation_iban_proven"),
        ("iban", "DE75512108001245126199", "organisation_account_has_a_holder"),
        ("account_holder", "North\nwind", "organisation_account_holder_readable"),
        ("bic", "SOGE", "organisation_bic_iso"),
    ],
)
async def test_the_database_itself_keeps_no_account_that_nobody_could_pay_to(
    world: World, column: str, value: str, constraint: str
) -> None:
    if constraint != "organisation_account_has_a_holder":
        assert (await changed(world, account_holder="Northwind GmbH", iban=IBANS[0])).status_code == 200
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await world.sql(f"update identity.organisation set {column} = $1 where organisation_id = $2", value, world.organisation_id)
    assert refused.value.constraint_name == constraint


@given(st.sampled_from(IBANS), st.data())
def test_one_wrong_character_or_two_swapped_are_always_found(iban: str, data: st.DataObject) -> None:
    assert is_iban(iban)
    place = data.draw(st.integers(0, len(iban) - 2))
    other = data.draw(st.sampled_from(LETTERS[:10] if iban[place].isdigit() else LETTERS[10:]).filter(lambda one: one != iban[place]))
    assert not is_iban(iban[:place] + other + iban[place + 1 :])
    if iban[place] != iban[place + 1] and iban[place].isdigit() == iban[place + 1].isdigit():
        assert not is_iban(iban[:place] + iban[place + 1] + iban[place] + iban[place + 2 :])


async def test_the_database_proves_as_python_does(world: World) -> None:
    slips = [iban[:at] + one + iban[at + 1 :] for iban in IBANS for at in range(len(iban)) for one in "07AZ a"]
    rows = await world.sql("select kit.is_iban(code) as held, kit.rest_of_97(code) as rest from unnest($1::text[]) as t (code)", slips)
    assert [row["held"] for row in rows] == [is_iban(code) for code in slips]
    assert any(row["held"] for row in rows)
    plain = set(LETTERS)
    assert [row["rest"] for row in rows] == [rest_of_97(code) if set(code) <= plain else None for code in slips]
