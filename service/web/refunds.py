"""Credit that goes back to its customer by hand: proposed on the customer's page, and said to be paid where refunds are on their way."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.records.refunds import NewRefund
from service.billing.refunds import pay_refund, propose_refund
from service.kit.http import Call
from service.web.day.cash import minor_of
from service.web.forms import acted, converted, filled_in
from service.web.guard import from_our_own_page
from service.web.money import money_page
from service.web.timeline import customer_page

SCOPE = {"scope": "refunds:write"}


@post("/app/customers/{customer_id:uuid}/refunds", opt=SCOPE, include_in_schema=False)
async def propose_at_office(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Sets part of their credit aside to be paid out by bank or in cash."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        currency = form.get("currency", "")
        amount = {"amount": minor_of(form.get("amount", ""), currency), "currency": currency}
        document = {"id": form.get("id"), "amount": amount, "via": form.get("via"), "reason": form.get("reason")}
        await call.do(propose_refund, customer_id=customer_id, refund=converted(document, NewRefund))

    return await acted(act, to=lambda: "/app/money#refunds", again=lambda refusal: customer_page(call, customer_id, refusal=refusal))


@post("/app/money/refunds/{refund_id:uuid}/paid", opt=SCOPE, include_in_schema=False)
async def say_paid(refund_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Says that a refund was paid: by bank, or in cash out of the reader's own hands."""
    from_our_own_page(call.request)
    return await acted(
        lambda: call.do(pay_refund, refund_id=refund_id, paid_by=call.principal.id),
        to=lambda: "/app/money#refunds",
        again=lambda refusal: money_page(call, refusal),
    )


ROUTES: list[Any] = [propose_at_office, say_paid]
