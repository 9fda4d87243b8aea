"""Undoing a line takes back just what its step did, whoever told or showed what before and in whatever order; books, lines and refunds are what a model says."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.billing.bank_files import balances, entry, imported, lines, statement, with_account
from tests.billing.builders import Books, cash, pay
from tests.billing.test_match_bank_line import act, invoice, owed
from tests.files import leaves_whole
from tests.world import World

SUM = 1_000
BY_HAND = {"amount": {"amount": SUM, "currency": "EUR"}, "via": "bank_transfer", "reason": "Moved away"}


@pytest.fixture(autouse=True)
async def account(world: World) -> str:
    """The account that all files here are of."""
    return await with_account(world)


async def told(world: World, customer_id: UUID, **more: Any) -> str:
    """A payment that came by bank, told by hand."""
    body = {**cash(SUM, customer_id=customer_id, **more), "bank_reference": f"Z-{world.id()}"}
    return str((await world.done("POST", "/v1/payments/bank-transfers", body, key=str(world.id())))["payment_id"])


async def reverse(world: World, payment_id: str) -> Any:
    return await world.post(f"/v1/payments/{payment_id}/reverse", {"reason": "bounced"}, role="back_office", key=str(world.id()))


async def moved(world: World, *amounts: int) -> list[dict[str, Any]]:
    """Lines of these amounts, which wait for a person."""
    mark, on = str(world.id()), date(2026, 3, 3)
    known = (await leaves_whole(world, "/v1/bank/accounts"))[0]
    if known["until_on"] is not None:
        on = date.fromisoformat(known["until_on"]) + timedelta(days=1)
    opening = known["closing_minor"]
    entries = [entry(amount, f"{mark} {n}", on=str(on)) for n, amount in enumerate(amounts)]
    await imported(world, statement(opening, opening + sum(amounts), *entries, on=str(on), name=mark[-12:]))
    found = (await world.done("GET", f"/v1/bank/lines?text={mark}"))["items"]
    return sorted(found, key=lambda one: int(one["remittance"].split()[1]))


async def made_of(world: World, line: dict[str, Any]) -> dict[str, Any]:
    """The last step of a line."""
    step: dict[str, Any] = (await world.done("GET", f"/v1/bank/lines/{line['id']}"))["steps"][-1]
    return step


async def refund(world: World, customer_id: UUID) -> str:
    return str((await world.done("POST", f"/v1/customers/{customer_id}/refunds", BY_HAND, key=str(world.id())))["refund_id"])


async def state_of(world: World, refund_id: str) -> str:
    return str((await world.done("GET", f"/v1/refunds/{refund_id}"))["state"])


async def test_undoing_a_line_that_showed_a_reversal_made_by_hand_leaves_it_reversed(world: World, books: Books) -> None:
    await books.invoice(customer_id := await books.customer(), SUM)
    payment_id = await told(world, customer_id)
    assert (await reverse(world, payment_id)).status_code == 201
    [line] = await moved(world, -SUM)
    before = await balances(world)
    assert (await act(world, line, "match", {"payment_id": payment_id})).status_code == 200
    assert (await made_of(world, line))["kind"] == "told_reversal"
    assert (await act(world, line, "undo")).status_code == 200
    assert (await balances(world), await owed(world, customer_id)) == (before, (SUM, 0))
    assert (await act(world, line, "match", {"payment_id": payment_id})).status_code == 200


async def test_undoing_a_line_that_took_a_payment_back_pays_it_again_and_its_own_line_shows_that(world: World, books: Books) -> None:
    await books.invoice(customer_id := await books.customer(), SUM)
    payment_id = await told(world, customer_id)
    came, went = await moved(world, SUM, -SUM)
    for line in (came, went):
        assert (await act(world, line, "match", {"payment_id": payment_id})).status_code == 200
    assert await owed(world, customer_id) == (SUM, 0)
    assert (await act(world, went, "undo")).status_code == 200
    again = (await made_of(world, came))["payment_id"]
    assert again != payment_id
    assert (await world.done("GET", f"/v1/payments/{again}"))["corrects"] == payment_id
    assert await owed(world, customer_id) == (0, 0)
    assert (await act(world, came, "undo")).status_code == 200
    assert (await reverse(world, again)).status_code == 201
    assert await owed(world, customer_id) == (SUM, 0)
    assert ((await balances(world))["bank"], (await balances(world))["unmatched"]) == (0, 0)


async def test_a_refund_that_a_line_paid_is_proposed_again_and_holds_the_period(world: World, books: Books) -> None:
    await pay(world, 2 * SUM, customer_id=(customer_id := await books.customer()))
    by_line, by_hand = await refund(world, customer_id), await refund(world, customer_id)
    await world.done("POST", f"/v1/refunds/{by_hand}/pay", role="back_office", key=str(world.id()))
    before = await balances(world)
    for line, one, kind, state in zip(
        await moved(world, -SUM, -SUM), (by_line, by_hand), ("refund", "told_refund"), ("proposed", "paid"), strict=True
    ):
        for _ in range(2):
            assert (await act(world, line, "match", {"refund_id": one})).status_code == 200
            assert ((await made_of(world, line))["kind"], await state_of(world, one)) == (kind, "paid")
            assert (await act(world, line, "undo")).status_code == 200
            assert await state_of(world, one) == state
    assert {**await balances(world), "bank": 0, "unmatched": 0} == {**before, "bank": 0, "unmatched": 0}
    found = await leaves_whole(world, "/v1/ledger/unexplained?last_on=2026-03-04")
    assert [one["subject_id"] for one in found if one["reason"] == "REFUND_ON_ITS_WAY"] == [by_line]
    await world.done("POST", f"/v1/refunds/{by_line}/pay", role="back_office", key=str(world.id()))
    assert (await balances(world))["refunds_due"] == 0


async def test_what_a_line_brought_or_shows_is_not_taken_back_beside_it(world: World, books: Books) -> None:
    customer_id = await books.customer()
    came, shown = await moved(world, SUM, SUM)
    await act(world, came, "match", {"parts": [{"amount_minor": SUM, "customer_id": str(customer_id)}]})
    brought = (await made_of(world, came))["payment_id"]
    payment_id = await told(world, customer_id)
    await act(world, shown, "match", {"payment_id": payment_id})
    for one, line in ((brought, came), (payment_id, shown)):
        refused = await reverse(world, one)
        assert (refused.status_code, refused.json()["code"], refused.json()["line_id"]) == (409, "PAYMENT_ON_BANK_LINE", line["id"])
    await act(world, shown, "undo")
    assert (await reverse(world, payment_id)).status_code == 201


async def test_a_line_whose_money_went_back_is_undone_after_the_one_that_says_so_and_then_always(world: World, books: Books) -> None:
    await books.invoice(customer_id := await books.customer(), SUM)
    came, went = await moved(world, SUM, -SUM)
    await act(world, came, "match", {"parts": [{"amount_minor": SUM, "customer_id": str(customer_id)}]})
    payment_id = (await made_of(world, came))["payment_id"]
    for _ in range(2):
        assert (await act(world, went, "match", {"payment_id": payment_id})).status_code == 200
        stood_on = await act(world, came, "undo")
        assert (stood_on.status_code, stood_on.json()["code"], stood_on.json()["line_id"]) == (409, "BANK_LINE_STOOD_ON", went["id"])
        assert (await act(world, went, "undo")).status_code == 200
        assert await owed(world, customer_id) == (0, 0)
    assert (await act(world, came, "undo")).status_code == 200
    assert await owed(world, customer_id) == (SUM, 0)
    assert len(await lines(world)) == 2


async def test_a_returned_transfer_that_was_matched_again_is_suggested_again(world: World, books: Books) -> None:
    number = (await invoice(world, await books.invoice(await books.customer(), SUM)))["number"]
    await imported(world, statement(0, SUM, entry(SUM, number, end_to_end="E2E-1")))
    out = entry(-SUM, end_to_end="E2E-1", reversal=True, on="2026-03-04")
    await imported(world, statement(SUM, 0, out, on="2026-03-04"))
    went = (await lines(world, "matched"))[-1]
    for _ in range(2):
        await act(world, went, "undo")
        [found] = (await world.done("GET", f"/v1/bank/lines/{went['id']}/suggestions"))["items"]
        assert found["rule"] == "returned"
        assert (await act(world, went, "match", {"payment_id": found["payment_id"], "rule": "returned"})).status_code == 200


async def test_two_accountants_undo_or_match_one_line_and_one_of_them_does(world: World, books: Books) -> None:
    customer_id = await books.customer()
    payment_id = await told(world, customer_id)
    one, other = await moved(world, SUM, SUM)
    answers = await asyncio.gather(*(act(world, line, "match", {"payment_id": payment_id}) for line in (one, other, one, other)))
    assert [answer.status_code for answer in answers].count(200) == 1
    shown = next(line for line, answer in zip((one, other, one, other), answers, strict=True) if answer.status_code == 200)
    undone = await asyncio.gather(*(act(world, shown, "undo") for _ in range(3)), reverse(world, payment_id))
    assert [answer.status_code for answer in undone[:3]].count(200) == 1
    assert {answer.status_code for answer in undone} <= {200, 201, 409}
    assert ((await balances(world))["unmatched"], len(await lines(world))) == (-2 * SUM, 2)


async def test_an_undo_told_twice_under_one_key_is_done_once(world: World, books: Books) -> None:
    [line] = await moved(world, SUM)
    await act(world, line, "match", {"parts": [{"amount_minor": SUM, "customer_id": str(await books.customer())}]})
    key = str(world.id())
    first, second = [await world.post(f"/v1/bank/lines/{line['id']}/undo", role="back_office", key=key) for _ in range(2)]
    assert (
        (first.status_code, first.json())
        == (second.status_code, second.json())
        == (200, {"lines": [{"id": line["id"], "open_minor": SUM}]})
    )
    assert (await balances(world))["customer_credit"] == 0


@dataclass
class Model:
    """What lines show of one payment told by hand and of one refund: no books, only who showed what."""

    live: bool = True
    by_hand: bool = False
    paid: bool = False
    paid_by: int | None = None
    made: dict[int, str] = field(default_factory=dict)
    """What was made of a line, by its place among two that came and two that went; `taken` names the line whose payment it takes back."""

    def on(self, *kinds: str) -> int | None:
        return next((at for at, kind in self.made.items() if kind in kinds), None)

    def returned(self, at: int) -> int | None:
        """The line that takes back what this one brought."""
        return self.on(f"taken {at}")

    def does(self, act: str, at: int) -> bool:
        """Whether it is done; then what holds."""
        back = self.on("returned", "back_told")
        match act:
            case "pay" if at < 2 and at not in self.made:
                self.made[at] = "payment"
            case "show" if at < 2 and at not in self.made and self.on("told") is None and (self.live or back is not None):
                self.made[at] = "told"
            case "return" if at >= 2 and at not in self.made and back is None and (self.live or self.by_hand):
                self.made[at] = "returned" if self.live else "back_told"
                self.live = False
            case "take" if at >= 2 and at not in self.made and self.made.get(at - 2) == "payment" and self.returned(at - 2) is None:
                self.made[at] = f"taken {at - 2}"
            case "refund" if at >= 2 and at not in self.made and self.on("refund") is None:
                self.made[at] = "refund"
                if not self.paid:
                    self.paid, self.paid_by = True, at
            case "undo" if at in self.made:
                return self._undone(at)
            case "reverse" if self.live and self.on("told") is None:
                self.live, self.by_hand = False, True
            case "pay_out":
                self.paid = True
            case _:
                return False
        return True

    def _undone(self, at: int) -> bool:
        kind = self.made[at]
        if (kind == "payment" and self.returned(at) is not None) or (kind == "back_told" and self.on("told") is not None):
            return False
        del self.made[at]
        if kind == "returned":
            self.live = True
        if kind == "refund" and self.paid_by == at:
            self.paid, self.paid_by = False, None
        return True

    @property
    def money(self) -> dict[str, int]:
        """What then lies where, in sums."""
        shown = [(at, kind) for at, kind in self.made.items()]
        open_of = sum(1 if at < 2 else -1 for at in range(4) if at not in self.made)
        payments = sum(kind == "payment" for _, kind in shown) - sum(kind.startswith("taken") for _, kind in shown)
        back = self.on("returned", "back_told") is not None
        return {
            "unmatched": -open_of,
            "not_seen": int(self.live) - (self.on("told") is not None) + back - int(self.paid) + (self.on("refund") is not None),
            "refunds_due": int(self.paid) - 1,
            "customer": -(payments + int(self.live)),
        }


ACTS = st.lists(
    st.tuples(st.sampled_from(["pay", "show", "return", "take", "refund", "undo", "undo", "reverse", "pay_out"]), st.integers(0, 3)),
    min_size=4,
    max_size=14,
)


class Scene:
    """Two lines that came, two that went, a payment told by hand and a refund, as the service has them."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def begin(self, books: Books) -> "Scene":
        self.customer_id = await books.customer()
        await books.invoice(self.customer_id, SUM)
        self.payment_id = await told(self.world, self.customer_id)
        await pay(self.world, 10 * SUM, customer_id=self.customer_id)
        self.refund_id = await refund(self.world, self.customer_id)
        self.lines = await moved(self.world, SUM, SUM, -SUM, -SUM)
        self.mark = self.lines[0]["remittance"].split()[0]
        self.before = await self.money()
        return self

    async def money(self) -> dict[str, int]:
        owes, credit = await owed(self.world, self.customer_id)
        by_account = await balances(self.world)
        assert sum(by_account.values()) == 0
        seen = (await self.world.done("GET", "/v1/bank/reconciliation"))["not_seen"]
        return {
            "unmatched": by_account.get("unmatched", 0),
            "not_seen": sum(one["amount_minor"] for one in seen),
            "refunds_due": by_account["refunds_due"],
            "customer": owes - credit,
        }

    async def does(self, what: str, at: int) -> bool:
        line = self.lines[at]
        match what:
            case "pay":
                parts = [{"amount_minor": SUM, "customer_id": str(self.customer_id)}]
                answer = await act(self.world, line, "match", {"parts": parts})
            case "show" | "return":
                wrong_way = (what == "show") != (at < 2)
                answer = None if wrong_way else await act(self.world, line, "match", {"payment_id": self.payment_id})
            case "take":
                steps = [] if at < 2 else (await self.world.done("GET", f"/v1/bank/lines/{self.lines[at - 2]['id']}"))["steps"]
                brought = [one for one in steps if one["kind"] == "payment"]
                answer = await act(self.world, line, "match", {"payment_id": brought[-1]["payment_id"]}) if brought else None
            case "refund":
                answer = await act(self.world, line, "match", {"refund_id": self.refund_id})
            case "undo":
                answer = await act(self.world, line, "undo")
            case "reverse":
                answer = await reverse(self.world, await self.heir())
            case _:
                answer = await self.world.post(f"/v1/refunds/{self.refund_id}/pay", role="back_office", key=str(self.world.id()))
        assert answer is None or (answer.is_success or answer.json()["code"] not in {"CONFLICT", "INTERNAL"}), answer.text
        assert answer is None or answer.status_code in {200, 201, 409, 422}, answer.text
        return answer is not None and answer.is_success

    async def heir(self) -> str:
        """The payment that stands in the place of the one told first."""
        payment_id = self.payment_id
        while after := (await self.world.done("GET", f"/v1/payments/{payment_id}"))["corrected_by"]:
            payment_id = after
        return payment_id

    async def compare(self, model: Model, so_far: Sequence[tuple[str, int]]) -> None:
        now, then = await self.money(), Model().money
        expected = {name: SUM * (amount - then[name]) for name, amount in model.money.items()}
        assert {name: now[name] - self.before[name] for name in now} == expected, so_far
        found = {one["id"]: one for one in (await self.world.done("GET", f"/v1/bank/lines?text={self.mark}"))["items"]}
        assert [found[line["id"]]["open_minor"] for line in self.lines] == [0 if at in model.made else SUM for at in range(4)], so_far
        assert await state_of(self.world, self.refund_id) == ("paid" if model.paid else "proposed"), so_far


async def drive(world: World, books: Books, acts: list[tuple[str, int]]) -> None:
    """Does these acts, holding each to the model, then opens every line again."""
    scene, model = await Scene(world).begin(books), Model()
    for n, (what, at) in enumerate(acts, start=1):
        expected = model.does(what, at)
        assert await scene.does(what, at) == expected, (acts[:n], model)
        if expected:
            await scene.compare(model, acts[:n])
    for _ in range(2):  # what is stood on opens in the second round
        for at in [*model.made]:
            assert await scene.does("undo", at) == model.does("undo", at), (acts, at)
    assert model.made == {}
    await scene.compare(model, acts)


TIMELESS: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    "print_blob": True,
}


@settings(max_examples=6, **TIMELESS)
@given(acts=ACTS)
async def test_whatever_is_matched_undone_and_reversed_the_books_say_it_and_every_line_opens_again(
    world: World, books: Books, acts: list[tuple[str, int]]
) -> None:
    await drive(world, books, acts)


@pytest.mark.soak
@settings(max_examples=300, **TIMELESS)
@given(acts=ACTS)
async def test_however_often_lines_are_matched_undone_and_reversed_the_books_say_it(
    world: World, books: Books, acts: list[tuple[str, int]]
) -> None:
    await drive(world, books, acts)
