"""Objections on pages: the customer's, from the link of their invoice, where each line says what it stands on, and the office's decision on the page of the case."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from service.billing.provider.pay_links import invoice_of_link, pay_path
from service.care.objections import decide_objection, list_objections_of_invoice, object_to_line, read_lines_evidence
from service.care.records.objections import LineEvidence, NewDecision, NewObjection, Objection
from service.documents.invoices import read_told_invoice
from service.documents.records import Invoice
from service.identity.http.sessions import BY_PEER
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.money import MINOR_DIGITS
from service.kit.paging import MOST
from service.kit.principals import Principal
from service.kit.refusals import Refusal
from service.kit.verbs import Work
from service.web.cases import PAGE, case_page
from service.web.day.cash import minor_of
from service.web.forms import acted, converted, filled_in, whole_in
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.refusal_words import said_to_people

LINES = 25
"""So many on a page: it stays light."""
_OPEN: dict[str, Any] = {"opt": {"scope": None, "rate": BY_PEER}, "include_in_schema": False}
After = Annotated[int, QueryParameter(ge=0, le=1000)]


class LinesShown(msgspec.Struct, frozen=True):
    """Everything that the customer's page says."""

    organisation: Organisation
    told: Invoice
    lines: list[LineEvidence]
    objections: list[Objection]


@get("/pay/{token:str}/lines", **_OPEN)
async def show_lines(token: FromPath[str], call: NamedDependency[Call[Any]], after: After = 0) -> Response[str]:
    """What each line stands on, and what was objected to. Opening it never acts."""
    return await _lines_page(*_entered(call, token), after=after)


@post("/pay/{token:str}/lines", status_code=200, **_OPEN)
async def object_on_page(token: FromPath[str], call: NamedDependency[Call[Any]], after: After = 0) -> Response[Any]:
    """Objects to a line, then shows the lines as they stand."""
    from_our_own_page(call.request)
    call, invoice_id = _entered(call, token)
    form = await filled_in(call)

    async def act() -> None:
        said = {
            "line_number": whole_in(form.get("line", "")),
            "reason": form.get("reason"),
            "words": form.get("words"),
            "channel": "web",
        }
        await call.do(object_to_line, invoice_id=invoice_id, objection=converted(said, NewObjection))

    return await acted(
        act,
        to=lambda: f"/pay/{token}/lines?after={after}#line-{form.get('line', '')}",
        again=lambda refusal: _lines_page(call, invoice_id, after=after, refusal=refusal),
    )


@post(PAGE + "/{case_id:uuid}/objections/{objection_id:uuid}", opt={"scope": "invoices:credit"}, include_in_schema=False)
async def decide_on_page(case_id: FromPath[UUID], objection_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Decides an objection as the form says, then shows its case."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        outcome, currency = form.get("outcome"), form.get("currency", "")
        gives = outcome in {"credited", "refunded"}
        decision: dict[str, Any] = {
            "outcome": outcome,
            "words": form.get("words"),
            "channel": form.get("channel"),
            "quantity": form.get("quantity", "0") if gives else None,
            "amount": minor_of(form["amount"], currency) if gives and "amount" in form and currency in MINOR_DIGITS else None,
            "refund_via": form.get("refund_via") if outcome == "refunded" else None,
        }
        await call.do(decide_objection, objection_id=objection_id, decision=converted(decision, NewDecision))

    return await acted(act, to=lambda: f"{PAGE}/{case_id}", again=lambda refusal: case_page(call, case_id, refusal=refusal))


def _entered(call: Call[Any], token: str) -> tuple[Call[Any], UUID]:
    """From here on the request is the customer's, by the link of one invoice."""
    organisation_id, invoice_id = invoice_of_link(call.database.cursors, token)
    return call.acting_as(
        Principal(organisation_id=organisation_id, kind="customer_link", id=invoice_id, subject_id=invoice_id)
    ), invoice_id


async def _lines_page(call: Call[Any], invoice_id: UUID, *, after: int, refusal: Refusal | None = None) -> Response[str]:
    shown: LinesShown = await call.ask(look_at_lines, invoice_id=invoice_id, after=after)
    language = shown.told.language
    return page(
        "lines.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        organisation=shown.organisation,
        reference=shown.told.number,
        told=shown.told,
        lines=shown.lines[:LINES],
        more=shown.lines[LINES - 1].line_number if len(shown.lines) > LINES else None,
        after=after,
        pay=pay_path(call.database.cursors, organisation_id=shown.organisation.id, invoice_id=invoice_id),
        of_line={
            number: [one for one in shown.objections if one.line_number == number] for number in (line.line_number for line in shown.lines)
        },
    )


async def look_at_lines(work: Work, *, invoice_id: UUID, after: int) -> LinesShown:
    """What the page says, read in one snapshot."""
    told = await read_told_invoice(work, invoice_id=invoice_id)
    lines = await read_lines_evidence(work, invoice_id=invoice_id, after_line=after, limit=LINES + 1)
    objections = await list_objections_of_invoice(work, invoice_id=invoice_id, limit=MOST, cursor=None)
    return LinesShown(await find_organisation(work), told, lines, objections.items)


ROUTES: list[Any] = [show_lines, object_on_page, decide_on_page]
