"""A credit gives back at most what its line still holds, and exactly that can be billed again."""

from typing import Any

import httpx
import pytest

from tests.authorisations.matters import Matter
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


async def credited(matter: Matter, invoice: dict[str, Any], *lines: dict[str, Any], **differences: Any) -> httpx.Response:
    """An attempt to credit; each line is the first, whole, but for the differences."""
    document = {"reason": "A mistake", "lines": [{"line_number": 1, "quantity": "1"} | line for line in lines or ({},)]} | differences
    return await matter.world.post(f"/v1/invoices/{invoice['id']}/credit-notes", document, key=str(matter.world.id()))


async def account(matter: Matter) -> dict[str, int]:
    """Balances of the organisation's ledger by kind of account."""
    rows = await matter.world.sql(
        "select account_kind, sum(case side when 'debit' then amount_minor else -amount_minor end)::bigint from billing.account_entry"
        " where organisation_id = $1 group by 1",
        matter.world.organisation_id,
    )
    return {kind: balance for kind, balance in rows if balance}


async def test_a_credited_line_can_be_billed_again(matter: Matter) -> None:
    [item] = await matter.done({})
    invoice = await matter.posted({"item_id": item})
    assert await matter.refused({"item_id": item}) == ["BILLED_OVER_PERFORMED"]
    note = await credited(matter, invoice)
    assert (note.status_code, note.json()["number"], note.json()["total_minor"]) == (201, "CN-2026-1", 10_000)
    await matter.posted({"item_id": item})


async def test_nothing_is_credited_twice(matter: Matter) -> None:
    [item] = await matter.done({})
    invoice = await matter.posted({"item_id": item})
    await credited(matter, invoice)
    again = await credited(matter, invoice)
    assert (again.status_code, again.json()["code"]) == (422, "CREDIT_EXCEEDS_INVOICE")


@pytest.mark.parametrize("line", [{"quantity": "2"}, {"amount": 10_001}, {"line_number": 2}, {"quantity": "0", "amount": 0}])
async def test_no_more_is_credited_than_the_line_holds(matter: Matter, line: dict[str, Any]) -> None:
    [item] = await matter.done({})
    refused = await credited(matter, await matter.posted({"item_id": item}), line)
    assert (refused.status_code, refused.json()["code"]) == (422, "CREDIT_EXCEEDS_INVOICE")


async def test_parts_of_a_credit_come_to_the_whole_with_its_tax(matter: Matter) -> None:
    [item] = await matter.done({"unit_price": "9001", "tax_rate": "19"})
    invoice = await matter.posted({"item_id": item, "unit_price": "9001"})
    notes = [(await credited(matter, invoice, {"quantity": "1/3"})).json() for _ in range(3)]
    assert sum(note["total_minor"] for note in notes) == invoice["total_minor"]
    assert sum(note["tax_minor"] for note in notes) == invoice["tax_minor"]


async def test_the_ledger_is_even_after_a_credit_of_an_open_invoice(matter: Matter) -> None:
    [item] = await matter.done({"tax_rate": "19"})
    await credited(matter, await matter.posted({"item_id": item}))
    assert await account(matter) == {}


async def test_a_credit_of_a_paid_invoice_is_the_customers(matter: Matter) -> None:
    [item] = await matter.done({})
    invoice = await matter.posted({"item_id": item})
    money = {"amount": {"amount": 10_000, "currency": "EUR"}, "invoice_id": invoice["id"], "customer_id": matter.customer_id}
    await matter.world.done("POST", "/v1/payments/cash", money, role="agent", key=str(matter.world.id()))
    await credited(matter, invoice)
    assert (await account(matter))["customer_credit"] == -10_000


async def test_a_work_record_is_free_again_when_its_line_is_credited_whole(matter: Matter) -> None:
    [item] = await matter.authorised({})
    record = await matter.work(item)
    line = {"item_id": item, "work_record_ids": [record["id"]]}
    invoice = await matter.posted(line)
    assert (await credited(matter, invoice, {"quantity": "0.5"})).status_code == 201
    assert await matter.refused(line | {"quantity": "0.5"}) == ["DUPLICATE_WORK_RECORD"]
    assert (await credited(matter, invoice, {"quantity": "0.5"})).status_code == 201
    await matter.posted(line)


async def test_the_same_credit_under_its_id_twice_is_one(matter: Matter) -> None:
    [item] = await matter.done({})
    invoice, note_id = await matter.posted({"item_id": item}), str(matter.world.id())
    first = await credited(matter, invoice, id=note_id)
    again = await credited(matter, invoice, id=note_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
