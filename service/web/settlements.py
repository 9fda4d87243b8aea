"""What becomes of a difference in cash, on the office's page of cash: settled by somebody else, and taken back where that was a mistake."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.cash.differences import settle_deposit_difference, settle_difference, undo_settlement
from service.billing.records.cash import NewSettlement, SettlementUndone
from service.kit.http import Call
from service.web.cash import office_cash
from service.web.forms import acted, converted, filled_in
from service.web.guard import from_our_own_page


@post("/app/cash/{hand_in_id:uuid}/settle", opt={"scope": "cash:settle"}, include_in_schema=False)
async def settle(hand_in_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Settles all that is open of a difference."""
    return await _decided(call, NewSettlement, lambda settlement: call.do(settle_difference, hand_in_id=hand_in_id, settlement=settlement))


@post("/app/cash/deposits/{deposit_id:uuid}/settle", opt={"scope": "cash:settle"}, include_in_schema=False)
async def settle_at_bank(deposit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Settles all that is open of what the bank counted otherwise than a slip says."""
    return await _decided(
        call, NewSettlement, lambda settlement: call.do(settle_deposit_difference, deposit_id=deposit_id, settlement=settlement)
    )


@post("/app/cash/settlements/{settlement_id:uuid}/undo", opt={"scope": "cash:settle"}, include_in_schema=False)
async def undo(settlement_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Takes a settlement back that was a mistake."""
    return await _decided(call, SettlementUndone, lambda why: call.do(undo_settlement, settlement_id=settlement_id, note=why.note))


async def _decided(call: Call[Any], kind: type[Any], decide: Callable[[Any], Awaitable[Any]]) -> Response[Any]:
    """Decides what the form says, then shows the page of cash again."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        await decide(converted({"how": form.get("how"), "note": form.get("note")}, kind))

    return await acted(act, to=lambda: "/app/office/cash", again=lambda refusal: office_cash(call, refusal=refusal))


ROUTES: list[Any] = [settle, settle_at_bank, undo]
