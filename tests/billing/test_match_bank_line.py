"""What comes by bank is matched by the first reason that is certain, and pays as any other money; the rest waits for a person."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from tests.billing.bank_files import PAYERS, balances, entry, imported, lines, statement, with_account
from tests.billing.builders import Books, cash
from tests.files import leaves_whole
from tests.subscriptions.builders import renew, standing, subscribed
from tests.world import World


@pytest.fixture(autouse=True)
async def account(world: World) -> str:
    """The account that all files here are of."""
    return await with_account(world)


async def invoice(world: World, invoice_id: UUID) -> dict[str, Any]:
    return await world.done("GET", f"/v1/invoices/{invoice_id}")


async def steps(world: World, line_id: str) -> list[tuple[str, str]]:
    return [(one["kind"], one["rule"]) for one in (await world.done("GET", f"/v1/bank/lines/{line_id}"))["steps"]]


async def only_line(world: World, state: str = "waiting") -> dict[str, Any]:
    [line] = await lines(world, state)
    return line


async def suggested(world: World, line: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await world.done("GET", f"/v1/bank/lines/{line['id']}/suggestions"))["items"]
    return found


async def act(world: World, line: dict[str, Any], verb: str, body: Any = None) -> Any:
    return await world.post(f"/v1/bank/lines/{line['id']}/{verb}", body, role="back_office", key=str(world.id()))


async def owed(world: World, customer_id: Any) -> tuple[int, int]:
    [one] = (await world.done("GET", f"/v1/customers/{customer_id}/account"))["balances"]
    return one["owed_minor"], one["credit_minor"]


async def test_the_reference_on_the_invoice_pays_it(world: World, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    reference = (await invoice(world, invoice_id))["payment_reference"]
    await imported(world, statement(0, 4_990, entry(4_990, creditor=reference)))
    line = await only_line(world, "matched")
    assert await steps(world, line["id"]) == [("payment", "creditor_reference")]
    assert await owed(world, customer_id) == (0, 0)
    assert ((await balances(world))["bank"], (await balances(world))["unmatched"]) == (4_990, 0)


async def test_paying_by_transfer_brings_the_service_back_on_import(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-01")
    await renew(world, subscription)
    assert (await standing(world, subscription))[0] == "suspended"
    [bill] = (await world.done("GET", f"/v1/invoices?customer_id={subscription['customer_id']}"))["items"]
    reference = (await invoice(world, bill["id"]))["payment_reference"]
    await imported(world, statement(0, 2_990, entry(2_990, f"Danke {reference[:4]} {reference[4:8]} {reference[8:]} bis bald")))
    assert (await standing(world, subscription))[0] == "active"


@pytest.mark.parametrize("rule", ["end_to_end_id", "invoice_number"])
async def test_what_the_payer_names_pays_by_itself(world: World, books: Books, rule: str) -> None:
    number = (await invoice(world, await books.invoice(await books.customer(), 4_990)))["number"]
    said = entry(4_990, end_to_end=number) if rule == "end_to_end_id" else entry(4_990, f"Rechnung {number}, vielen Dank")
    await imported(world, statement(0, 4_990, said))
    assert await steps(world, (await only_line(world, "matched"))["id"]) == [("payment", rule)]


async def test_a_number_with_another_sum_is_only_suggested(world: World, books: Books) -> None:
    number = (await invoice(world, await books.invoice(await books.customer(), 4_990)))["number"]
    await imported(world, statement(0, 8_990, entry(4_000, number), entry(4_990, f"{number}0")))
    short, longer = await lines(world)
    [found] = await suggested(world, short)
    assert (found["rule"], found["posts"], found["parts"][0]["number"]) == ("invoice_number", False, number)
    assert await suggested(world, longer) == []


async def test_two_numbers_in_one_transfer_pay_both_invoices(world: World, books: Books) -> None:
    customer_id = await books.customer()
    first, second = [(await invoice(world, await books.invoice(customer_id, amount)))["number"] for amount in (1_000, 2_500)]
    await imported(world, statement(0, 3_500, entry(3_500, f"{first} und {second}")))
    assert await steps(world, (await only_line(world, "matched"))["id"]) == [("payment", "invoice_number")] * 2
    assert await owed(world, customer_id) == (0, 0)


async def test_two_transfers_for_one_invoice_post_once_and_the_second_waits(world: World, books: Books) -> None:
    number = (await invoice(world, await books.invoice(await books.customer(), 4_990)))["number"]
    await imported(world, statement(0, 9_980, entry(4_990, number), entry(4_990, number)))
    assert (len(await lines(world, "matched")), len(await lines(world))) == (1, 1)


async def test_a_payer_becomes_known_by_a_match_and_posts_where_the_organisation_says_so(world: World, books: Books, account: str) -> None:
    customer_id = await books.customer()
    number = (await invoice(world, await books.invoice(customer_id, 1_000)))["number"]
    await books.invoice(customer_id, 2_000)
    await imported(world, statement(0, 1_000, entry(1_000, number, iban=PAYERS, name="A. Owner")))
    await imported(world, statement(1_000, 3_000, entry(2_000, "internet", iban=PAYERS, on="2026-03-04"), on="2026-03-04"))
    line = await only_line(world)
    [found, *_] = await suggested(world, line)
    assert (found["rule"], found["posts"]) == ("known_payer", False)
    await world.done("PATCH", f"/v1/bank/accounts/{account}", {"known_payer_posts": True}, headers={"If-Match": '"1"'})
    assert (await suggested(world, line))[0]["posts"]
    await books.invoice(customer_id, 700)
    await imported(world, statement(3_000, 3_700, entry(700, "internet", iban=PAYERS, on="2026-03-05"), on="2026-03-05"))
    assert [line["amount_minor"] for line in await lines(world)] == [2_000]


async def test_sums_and_names_are_suggested_with_their_reason_and_never_post(world: World, books: Books) -> None:
    customer_id = await books.customer()
    for amount in (1_000, 2_500, 4_000):
        await books.invoice(customer_id, amount)
    await imported(
        world, statement(0, 10_000, entry(6_500, name="Owner, Ada"), entry(2_500, name="ADA OWNER"), entry(1_000, name="Somebody Else"))
    )
    summed, alike, unknown = await lines(world)
    assert (await suggested(world, summed))[0]["rule"] == "subset_sum"
    assert sorted(part["amount_minor"] for part in (await suggested(world, summed))[0]["parts"]) == [2_500, 4_000]
    assert (await suggested(world, alike))[0]["rule"] == "name"
    assert await suggested(world, unknown) == []


async def test_a_person_splits_a_line_over_customers_and_the_rest_goes_on_waiting(world: World, books: Books) -> None:
    one, two = await books.customer(), await books.customer()
    invoice_id = await books.invoice(one, 1_000)
    await imported(world, statement(0, 5_000, entry(5_000, "both")))
    line = await only_line(world)
    parts = [{"amount_minor": 1_000, "invoice_id": str(invoice_id)}, {"amount_minor": 2_500, "customer_id": str(two)}]
    split = await act(world, line, "match", {"parts": parts})
    assert split.json()["lines"] == [{"id": line["id"], "open_minor": 1_500}]
    assert (await owed(world, one), await owed(world, two)) == ((0, 0), (0, 2_500))
    assert (await balances(world))["unmatched"] == -1_500
    beyond = await act(world, line, "match", {"parts": [{"amount_minor": 1_501, "customer_id": str(two)}]})
    assert (beyond.status_code, beyond.json()["code"]) == (409, "BANK_MATCH_DIFFERS")
    assert (await act(world, line, "match", {})).json()["code"] == "BANK_MATCH_UNCLEAR"


async def test_undoing_reverses_the_payments_and_the_line_waits_for_a_person(world: World, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 1_000)
    number = (await invoice(world, invoice_id))["number"]
    await imported(world, statement(0, 1_000, entry(1_000, number)))
    line = await only_line(world, "matched")
    assert (await act(world, line, "undo")).json()["lines"] == [{"id": line["id"], "open_minor": 1_000}]
    assert await owed(world, customer_id) == (1_000, 0)
    assert (await balances(world))["unmatched"] == -1_000
    await imported(world, statement(1_000, 1_000, on="2026-03-04"))
    assert [one["id"] for one in await lines(world)] == [line["id"]]
    again = await act(world, line, "match", {"parts": [{"amount_minor": 1_000, "invoice_id": str(invoice_id)}], "rule": "invoice_number"})
    assert again.json()["lines"][0]["open_minor"] == 0
    assert await steps(world, line["id"]) == [("payment", "invoice_number"), ("undo", "hand"), ("payment", "invoice_number")]
    assert (await act(world, line, "match", {"parts": [{"amount_minor": 1, "invoice_id": str(invoice_id)}]})).json()[
        "code"
    ] == "BANK_LINE_MATCHED"


async def test_a_line_that_is_no_payment_says_what_it_is_and_the_ledger_follows(world: World, books: Books) -> None:
    await imported(world, statement(0, 9_900, entry(10_000, "STRIPE payout"), entry(-100, "Kontofuehrung")))
    payout, fees = await lines(world)
    assert (await act(world, payout, "dismiss", {"reason": "payout"})).status_code == 200
    assert (await act(world, fees, "dismiss", {"reason": "bank_fees", "note": "March"})).status_code == 200
    after = await balances(world)
    assert (after["bank"], after["unmatched"], after["card_clearing"], after["other:bank_fees"]) == (9_900, 0, -10_000, 100)
    await act(world, fees, "undo")
    assert (await balances(world))["other:bank_fees"] == 0
    assert (await act(world, fees, "undo")).json()["code"] == "BANK_NOTHING_TO_UNDO"


async def test_a_payment_told_by_hand_is_found_on_its_line_and_not_paid_twice(world: World, books: Books) -> None:
    customer_id = await books.customer()
    told = {**cash(1_000, customer_id=customer_id), "bank_reference": "REF-77"}
    await world.done("POST", "/v1/payments/bank-transfers", told, key=str(world.id()))
    await imported(world, statement(0, 1_000, entry(1_000, reference="REF-77")))
    assert await steps(world, (await only_line(world, "matched"))["id"]) == [("told", "told_before")]
    assert await owed(world, customer_id) == (0, 1_000)
    assert ((await balances(world))["bank"], (await balances(world))["unmatched"]) == (1_000, 0)
    assert (await world.done("GET", "/v1/bank/reconciliation"))["not_seen"] == [{"currency": "EUR", "amount_minor": 0}]


async def test_what_the_statement_has_told_is_not_paid_again_by_hand(world: World, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 1_000)
    await imported(world, statement(0, 1_000, entry(1_000, (await invoice(world, invoice_id))["number"], reference="REF-78")))
    line = await only_line(world, "matched")
    told = {**cash(1_000, customer_id=customer_id), "bank_reference": "REF-78"}
    refused = await world.post("/v1/payments/bank-transfers", told, key=str(world.id()))
    assert (refused.status_code, refused.json()["code"], refused.json()["line_id"]) == (409, "BANK_LINE_HERE", line["id"])
    assert await owed(world, customer_id) == (0, 0)


async def test_a_returned_debit_takes_its_payment_back_and_can_be_undone(world: World, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 1_000)
    number = (await invoice(world, invoice_id))["number"]
    await imported(world, statement(0, 1_000, entry(1_000, end_to_end=number)))
    assert await owed(world, customer_id) == (0, 0)
    await imported(world, statement(1_000, 0, entry(-1_000, end_to_end=number, reversal=True, on="2026-03-04"), on="2026-03-04"))
    assert await owed(world, customer_id) == (1_000, 0)
    assert await lines(world) == []
    back = (await lines(world, "matched"))[-1]
    assert await steps(world, back["id"]) == [("reversal", "returned")]
    assert ((await balances(world))["bank"], (await balances(world))["unmatched"]) == (0, 0)
    await act(world, back, "undo")
    assert await owed(world, customer_id) == (0, 0)
    assert (await balances(world))["unmatched"] == 1_000


async def test_a_refund_that_leaves_the_account_is_confirmed_by_its_line(world: World, books: Books) -> None:
    customer_id = await books.customer()
    await imported(world, statement(0, 1_000, entry(1_000, "deposit")))
    await act(world, await only_line(world), "match", {"parts": [{"amount_minor": 1_000, "customer_id": str(customer_id)}]})
    asked = {"amount": {"amount": 400, "currency": "EUR"}, "via": "bank_transfer", "reason": "Moved away"}
    refund = await world.done("POST", f"/v1/customers/{customer_id}/refunds", asked, key=str(world.id()))
    await imported(world, statement(1_000, 600, entry(-400, "refund", on="2026-03-04"), on="2026-03-04"))
    line = await only_line(world)
    [found] = await suggested(world, line)
    assert found["refund_id"] == refund["refund_id"]
    assert (await act(world, line, "match", {"refund_id": refund["refund_id"]})).status_code == 200
    assert (await world.done("GET", f"/v1/refunds/{refund['refund_id']}"))["state"] == "paid"
    after = await balances(world)
    assert (after["bank"], after["unmatched"], after["refunds_due"]) == (600, 0, 0)


async def test_one_line_pays_once_however_many_accept_it_at_once(world: World, books: Books) -> None:
    customers = [await books.customer() for _ in range(4)]
    await imported(world, statement(0, 1_000, entry(1_000, "whose")))
    line = await only_line(world)
    answers = await asyncio.gather(
        *(act(world, line, "match", {"parts": [{"amount_minor": 1_000, "customer_id": str(one)}]}) for one in customers)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    accounts = [await world.done("GET", f"/v1/customers/{one}/account") for one in customers]
    assert sum(one["credit_minor"] for account in accounts for one in account["balances"]) == 1_000
    assert (await balances(world))["customer_credit"] == -1_000


async def test_bank_and_ledger_agree_and_what_waits_is_said(world: World, books: Books) -> None:
    number = (await invoice(world, await books.invoice(await books.customer(), 4_990)))["number"]
    await imported(world, statement(10_000, 15_490, entry(4_990, number), entry(500, "who knows")))
    [one] = await leaves_whole(world, "/v1/bank/reconciliation?on=2026-03-04", rows_in="accounts")
    assert (one["closing_minor"], one["ledger_minor"], one["difference_minor"]) == (15_490, 15_490, 0)
    assert (one["waiting_lines"], one["waiting_minor"]) == (1, 500)
    [before] = (await world.done("GET", "/v1/bank/reconciliation?on=2026-03-02"))["accounts"]
    assert (before["closing_minor"], before["ledger_minor"], before["waiting_minor"]) == (0, 0, 0)


async def test_lines_are_found_by_day_amount_and_words_and_leave_as_files(world: World) -> None:
    await imported(world, statement(0, 700, entry(500, "for the router"), entry(200, "=cmd", name="Éva")))
    for query, amounts in (
        ("amount_minor=500", [500]),
        ("text=ROUTER", [500]),
        ("text=éva", [200]),
        ("on=2026-03-03", [500, 200]),
        ("on=2026-03-02", []),
    ):
        for state in ("", "&state=waiting"):
            found = (await world.done("GET", f"/v1/bank/lines?{query}{state}"))["items"]
            assert sorted(line["amount_minor"] for line in found) == sorted(amounts), (query, state)
    sheet = await world.get("/v1/bank/lines.csv?state=waiting")
    assert sheet.text.splitlines()[0].startswith("id,bank_account_id,statement_id,booked_on")
    assert "'=cmd" in sheet.text
    assert sheet.headers["content-disposition"] == 'attachment; filename="bank-lines.csv"'
    assert len((await world.get("/v1/bank/lines.jsonl")).text.splitlines()) == 2
