"""What the technician does, each a form of its own: the next step, work done, an offer, cash."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.authorisations.http import texted
from service.authorisations.photos import add_photo
from service.authorisations.pictures import MOST_BYTES, picture_of
from service.authorisations.presentations import present_offer
from service.authorisations.records import NewOffer, NewPhoto, NewPresentation, NewWorkRecord
from service.authorisations.work_records import record_work
from service.billing.cheques import receive_cheque
from service.billing.payments import take_cash
from service.billing.records.cheques import NewCheque
from service.billing.records.payments import NewCash
from service.dispatch.jobs import offer_on_job
from service.dispatch.records import Visit
from service.dispatch.visits import (
    accept_visit,
    arrive_at_visit,
    complete_visit,
    fail_visit,
    find_no_access,
    find_visit,
    partly_complete_visit,
    pause_visit,
    resume_visit,
    set_out_to_visit,
    start_visit,
)
from service.kit.http import Call
from service.kit.refusals import InvalidDocument, NotFound
from service.kit.verbs import VerbRule
from service.web.day.cash import minor_of, question_about
from service.web.day.pages import visit_page, work_began
from service.web.forms import acted, converted, filled_in, id_in
from service.web.guard import from_our_own_page
from service.web.words import WHY_UNFINISHED

UPLOAD_BYTES = MOST_BYTES + 64 * 1024
"""A photo, with what a form says beside it."""

STEPS: dict[str, VerbRule[..., Any]] = {
    "accept": accept_visit,
    "set-out": set_out_to_visit,
    "arrive": arrive_at_visit,
    "start": start_visit,
    "pause": pause_visit,
    "resume": resume_visit,
    "complete": complete_visit,
    "no-access": find_no_access,
}
UNFINISHED: dict[str, VerbRule[..., Any]] = {"partly-complete": partly_complete_visit, "could-not-complete": fail_visit}


@post("/app/visits/{visit_id:uuid}/steps/{step:str}", opt={"scope": "visits:work"}, include_in_schema=False)
async def take_step(visit_id: FromPath[UUID], step: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Moves the visit on; `start` names the items that were ticked."""
    from_our_own_page(call.request)
    if step not in STEPS:
        raise NotFound
    ticked = {"item_ids": await _ticked(call, "item")} if step == "start" else {}
    return await _then_show(call, visit_id, lambda: call.do(STEPS[step], visit_id=visit_id, **ticked))


@post("/app/visits/{visit_id:uuid}/unfinished", opt={"scope": "visits:work"}, include_in_schema=False)
async def end_unfinished(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Ends a visit that could not be finished, partly or at all, with its reason."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def end() -> None:
        outcome, reason = form.get("outcome", ""), form.get("reason", "")
        if outcome not in UNFINISHED or reason not in WHY_UNFINISHED:
            raise InvalidDocument("Say what became of the visit, and why.")
        await call.do(UNFINISHED[outcome], visit_id=visit_id, reason=reason)

    return await _then_show(call, visit_id, end)


@post("/app/visits/{visit_id:uuid}/work", opt={"scope": "work:record"}, include_in_schema=False)
async def add_work(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Records what was done on one item, from when work on the visit began until now."""
    from_our_own_page(call.request)
    form, photos = await filled_in(call), await _ticked(call, "photo")

    async def record() -> None:
        visit: Visit = await call.ask(find_visit, visit_id=visit_id)
        document = {
            "item_id": form.get("item"),
            "quantity": _decimal(form),
            "visit_id": visit_id,
            "id": form.get("id"),
            "photos": photos,
        }
        times = {"started_at": work_began(visit) or call.at, "ended_at": call.at}
        await call.do(record_work, record=converted({**document, **times}, NewWorkRecord))

    return await _then_show(call, visit_id, record)


@post("/app/visits/{visit_id:uuid}/offers", opt={"scope": "offers:present"}, include_in_schema=False)
async def offer_more(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Offers more work and opens the customer's page, for the phone to be handed over."""
    from_our_own_page(call.request)
    form, photos = await filled_in(call), await _ticked(call, "photo")
    token = ""

    async def offer() -> None:
        nonlocal token
        visit: Visit = await call.ask(find_visit, visit_id=visit_id)
        item = {"book_item": form.get("item"), "quantity": _decimal(form)}
        seen = {"found": form.get("found"), "photos": photos}
        wording = converted({"kind": "additional", "items": [item], **seen}, NewOffer)
        receipt = await call.do(offer_on_job, job_id=visit.job_id, offer=wording)
        presentation = converted({"contact_id": form.get("contact"), "channel": "on_device", "method": form.get("method")}, NewPresentation)
        token = (await call.do(present_offer, offer_id=receipt.id, presentation=presentation, texted=texted(call))).token

    return await _then_show(call, visit_id, offer, to=lambda: f"/a/{token}?visit={visit_id}")


@post("/app/visits/{visit_id:uuid}/photos", opt={"scope": "work:record"}, include_in_schema=False, request_max_body_size=UPLOAD_BYTES)
async def keep_photo(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Keeps a photo that the phone's camera has just taken."""
    from_our_own_page(call.request)
    form, file = await call.request.upload("photo")

    async def keep() -> None:
        visit: Visit = await call.ask(find_visit, visit_id=visit_id)
        photo = converted({"shows": form.get("shows"), "visit_id": visit_id, "id": form.get("id")}, NewPhoto)
        await call.do(add_photo, scope_id=visit.scope_id, photo=photo, picture=await picture_of(file))

    return await _then_show(call, visit_id, keep)


@post("/app/visits/{visit_id:uuid}/cash", opt={"scope": "payments:cash"}, include_in_schema=False)
async def take_money(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Takes cash for one invoice; more than what is open is asked about once before it is recorded."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    asked: Response[str] | None = None

    async def take() -> None:
        nonlocal asked
        currency = form.get("currency", "")
        amount = {"amount": minor_of(form.get("amount", ""), currency), "currency": currency}
        document = {"id": form.get("id"), "invoice_id": form.get("invoice"), "visit_id": visit_id, "amount": amount}
        cash = converted(document, NewCash)
        if form.get("confirmed") != str(cash.amount.amount):
            asked = await question_about(call, visit_id=visit_id, cash=cash)
        if asked is None:
            await call.do(take_cash, cash=cash, caller=call.principal.id)

    shown = await _then_show(call, visit_id, take, to=lambda: f"/app/visits/{visit_id}#cash")
    return asked or shown


@post("/app/visits/{visit_id:uuid}/cheque", opt={"scope": "payments:cheque"}, include_in_schema=False)
async def take_cheque(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Takes a cheque for one invoice; sent twice it is one payment, by its number."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def take() -> None:
        amount = {"amount": minor_of(form.get("amount", ""), form.get("currency", "")), "currency": form.get("currency")}
        written = {name: form.get(name) for name in ("number", "bank", "dated_on")}
        document = {**written, "amount": amount, "invoice_id": form.get("invoice"), "visit_id": visit_id}
        await call.do(receive_cheque, cheque=converted(document, NewCheque))

    return await _then_show(call, visit_id, take, to=lambda: f"/app/visits/{visit_id}#cash")


async def _then_show(call: Call[Any], visit_id: UUID, act: Callable[[], Any], *, to: Callable[[], str] | None = None) -> Response[Any]:
    """Acts, then goes back to the visit (reloading never acts again); a refusal is shown on it with what to do."""
    return await acted(
        act,
        to=to or (lambda: f"/app/visits/{visit_id}"),
        again=lambda refusal: visit_page(call, visit_id, refusal=refusal),
    )


async def _ticked(call: Call[Any], name: str) -> list[UUID]:
    """The ids of the boxes of that name that were ticked."""
    return [id_in(one) for one in (await call.request.form()).getall(name, [])]


def _decimal(form: dict[str, str]) -> str | None:
    """A quantity as people type it, `1.5` or `1,5`, as the rules read it."""
    quantity = form.get("quantity")
    return None if quantity is None else quantity.replace(",", ".")


ROUTES: list[Any] = [take_step, end_unfinished, add_work, offer_more, keep_photo, take_money, take_cheque]
