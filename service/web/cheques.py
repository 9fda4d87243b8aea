"""Cheques on a page of the office: what came by post is recorded, and each clears or bounces as the bank tells."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.billing.cheques import ChequeOfAnother, clear_cheque, list_cheques, receive_cheque, take_clearing_back
from service.billing.payments import reverse_payment
from service.billing.records.cheques import Cheque, ChequeCleared, NewCheque, State
from service.billing.records.payments import Cause, Reversal
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.verbs import Work
from service.kit.words import marked
from service.web.day.cash import minor_of
from service.web.forms import acted, converted, filled_in, invoice_named
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.refusal_words import said_to_people
from service.web.words import said

MOST = 200
LONGEST_NUMBER = 40
TAKEN_BACK: dict[str, Cause] = {"bounce": "bounced_cheque", "mistake": "mistyped"}
STATES: dict[State, str] = {
    "on_its_way": marked("on its way"),
    "cleared": marked("cleared"),
    "bounced": marked("bounced"),
    "taken_back": marked("taken back: recorded by mistake"),
}


class ChequesShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    on_its_way: list[Cheque]
    there_are_more: bool
    found: list[Cheque] | None
    """Those of the number that was looked for; None where none was."""


@get("/app/office/cheques", opt={"scope": "payments:correct"}, include_in_schema=False)
async def show_cheques(call: NamedDependency[Call[Any]], number: FromQuery[str] = "") -> Response[str]:
    """Which cheques are on their way, and those of a number."""
    return await _shown(call, number=number)


@post("/app/office/cheques", opt={"scope": "payments:correct"}, include_in_schema=False)
async def record_cheque(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Records a cheque that came by post; sent twice it is one payment."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def record() -> None:
        invoice = await invoice_named(call, form.get("invoice", ""))
        amount = {"amount": minor_of(form.get("amount", ""), invoice.currency), "currency": invoice.currency}
        written = {name: form.get(name) for name in ("number", "bank", "dated_on", "another_than")}
        await call.do(receive_cheque, cheque=converted({**written, "amount": amount, "invoice_id": invoice.invoice_id}, NewCheque))

    return await acted(record, to=lambda: "/app/office/cheques", again=lambda refusal: _shown(call, refusal=refusal, form=form))


@post("/app/office/cheques/{payment_id:uuid}", opt={"scope": "payments:correct"}, include_in_schema=False)
async def act_on_cheque(payment_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Says that a cheque has cleared, that it hasn't after all, that it bounced, or that it was recorded by mistake."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        match form.get("act"):
            case "clear":
                cleared = converted({"bank_reference": form.get("bank_reference")}, ChequeCleared)
                await call.do(clear_cheque, payment_id=payment_id, cleared=cleared)
            case "not_cleared":
                await call.do(take_clearing_back, payment_id=payment_id)
            case "bounce" | "mistake" as why:
                told = converted({"reason": form.get("reason"), "cause": TAKEN_BACK[why]}, Reversal)
                await call.do(reverse_payment, payment_id=payment_id, reason=told.reason, cause=told.cause)
            case _:
                raise InvalidDocument("Say what became of the cheque.")

    return await acted(act, to=lambda: "/app/office/cheques", again=lambda refusal: _shown(call, refusal=refusal))


async def look_at_cheques(work: Work, *, number: str) -> ChequesShown:
    """All of it in one snapshot."""
    on_its_way = await list_cheques(work, state="on_its_way", number=None, limit=MOST, cursor=None)
    found = (await list_cheques(work, state=None, number=number, limit=MOST, cursor=None)).items if number else None
    return ChequesShown(await find_organisation(work), list(on_its_way.items), on_its_way.next is not None, found)


async def _shown(call: Call[Any], *, number: str = "", refusal: Refusal | None = None, form: dict[str, str] | None = None) -> Response[str]:
    wanted = " ".join(number.replace("\0", " ").split())[:LONGEST_NUMBER]
    shown: ChequesShown = await call.ask(look_at_cheques, number=wanted)
    language = shown.organisation.language
    return page(
        "office_cheques.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        shown=shown,
        number=wanted,
        states=said(STATES, language),
        today=call.at.astimezone(ZoneInfo(shown.organisation.zone)).date(),
        refused=None if refusal is None else said_to_people(refusal, language=language),
        form=form or {},
        another=refusal.extras.get("payment_id") if isinstance(refusal, ChequeOfAnother) else None,
        reference=None,
    )


ROUTES: list[Any] = [show_cheques, record_cheque, act_on_cheque]
