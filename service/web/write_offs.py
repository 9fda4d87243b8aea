"""Bad debts on a page: one person proposes what will never be paid, another says yes or no."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.records.write_offs import NewWriteOff, WriteOffToDecide
from service.billing.write_offs import approve_write_off, decline_write_off, list_write_offs_to_decide, propose_write_off
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import Refusal
from service.kit.verbs import Work
from service.web.forms import acted, converted, filled_in, invoice_named
from service.web.guard import from_our_own_page
from service.web.money_words import WHY_BAD
from service.web.pages import page
from service.web.refusal_words import said_to_people
from service.web.words import said

PAGE = "/app/write-offs"


class WriteOffsShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    waiting: list[WriteOffToDecide]


@get(PAGE, opt={"scope": "write-offs:propose"}, include_in_schema=False)
async def show_write_offs(call: NamedDependency[Call[Any]]) -> Response[str]:
    """What was proposed and waits for a yes or no."""
    return await _page(call)


@post(f"{PAGE}/propose", opt={"scope": "write-offs:propose"}, include_in_schema=False)
async def propose(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Proposes to give up what is open of the invoice with that number."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        write_off = converted({"reason": form.get("reason"), "note": form.get("note")}, NewWriteOff)
        invoice = await invoice_named(call, form.get("number", ""))
        await call.do(propose_write_off, invoice_id=invoice.invoice_id, write_off=write_off)

    return await acted(act, to=lambda: PAGE, again=lambda refusal: _page(call, refusal=refusal, form=form))


@post(PAGE + "/{write_off_id:uuid}/approve", opt={"scope": "write-offs:approve"}, include_in_schema=False)
async def approve(write_off_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Writes it off."""
    return await _decided(call, approve_write_off, write_off_id)


@post(PAGE + "/{write_off_id:uuid}/decline", opt={"scope": "write-offs:propose"}, include_in_schema=False)
async def decline(write_off_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Says no to it."""
    return await _decided(call, decline_write_off, write_off_id)


async def look_at_write_offs(work: Work) -> WriteOffsShown:
    """What waits, in one snapshot."""
    return WriteOffsShown(await find_organisation(work), await list_write_offs_to_decide(work))


async def _decided(call: Call[Any], rule: Any, write_off_id: UUID) -> Response[Any]:
    from_our_own_page(call.request)
    return await acted(
        lambda: call.do(rule, write_off_id=write_off_id),
        to=lambda: PAGE,
        again=lambda refusal: _page(call, refusal=refusal),
    )


async def _page(call: Call[Any], *, refusal: Refusal | None = None, form: dict[str, str] | None = None) -> Response[str]:
    shown: WriteOffsShown = await call.ask(look_at_write_offs)
    language = shown.organisation.language
    return page(
        "write_offs.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        waiting=shown.waiting,
        reasons=said(WHY_BAD, language),
        approves=call.principal.may("write-offs:approve"),
        me=call.principal.actor,
        form=form or {},
        reference=None,
    )


ROUTES: list[Any] = [show_write_offs, propose, approve, decline]
