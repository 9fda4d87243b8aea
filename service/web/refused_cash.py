"""What phones couldn't hand over is settled on the office's page of cash."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.records.cards import DriveAgain
from service.billing.records.refused_cash import RefusedCashToSettle
from service.billing.refused_cash import settle_refused_cash
from service.kit.http import Call
from service.web.cash import office_cash
from service.web.forms import acted, converted, filled_in
from service.web.guard import from_our_own_page
from service.web.money import find_whose


@post("/app/cash/refused/{entry_id:uuid}", opt={"scope": "cash:accept"}, include_in_schema=False)
async def settle_refused(entry_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Records what a phone couldn't hand over for whose it is, or says why nothing is recorded of it."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def decide() -> None:
        document: dict[str, Any] = {"note": form["note"]} if form.get("note") else {}
        if not document:
            whose: DriveAgain = await call.ask(find_whose, named=form.get("whose", ""))
            document = {"invoice_id": str(whose.invoice_id)} if whose.invoice_id else {"customer_id": str(whose.customer_id)}
        await call.do(settle_refused_cash, entry_id=entry_id, settlement=converted(document, RefusedCashToSettle))

    return await acted(decide, to=lambda: "/app/office/cash", again=lambda refusal: office_cash(call, refusal=refusal))


ROUTES: list[Any] = [settle_refused]
