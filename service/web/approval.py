"""The customer's page: what is going to be done for how much, yes or no item by item. Opening it never acts; only the form does."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import ValidationException

from service.authorisations.confirmations import (
    CodeExpired,
    CodeJustSent,
    CodesGuessedOften,
    CodesUsedUp,
    CodeWrong,
    ContactMailedOften,
    ContactUnreachable,
    LinkExpired,
    MethodRequired,
    PresentationLocked,
    SignatureUnfit,
    TokenUsed,
    send_code,
)
from service.authorisations.http import texted
from service.authorisations.offers import MatterClosed, OfferChanged, OfferExpired
from service.authorisations.photos import list_shown_pictures
from service.authorisations.presentations import answer_presentation, find_presentation, read_history
from service.authorisations.questions import QuestionsUsedUp, ask_question, read_questions
from service.authorisations.receipts import find_receipt
from service.authorisations.records import Answer, History, NewQuestion, Presentation, Question
from service.customers.customers import find_customer
from service.documents.http import PDF
from service.documents.http import shown as shown_pdf
from service.documents.jobs import read_agreed_sheet
from service.documents.offers import read_shown_offer_sheet
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import CardNumber, InvalidDocument, Refusal
from service.kit.verbs import Work
from service.kit.words import marked
from service.web.figures import Change, ShownItem, ShownPhoto, changes, shown_item, shown_photos, tolerated, totals
from service.web.glass import strokes_in
from service.web.guard import from_our_own_page
from service.web.languages import text
from service.web.pages import HEADERS, SCRIPTED, page
from service.web.refusal_words import OVER

FINDINGS = marked("What we found")
JOSE = "application/jose"
"""A JWS in its compact form (RFC 7515, section 9.2.1)."""


class Shown(msgspec.Struct, frozen=True):
    """Everything the approval page says."""

    organisation: Organisation
    presentation: Presentation
    zone: str
    hold_is_over: bool
    currency: str
    items: list[ShownItem]
    tax_minor: int
    gross_minor: int
    agreed_minor: int
    cap_minor: int | None
    tolerated_minor: int
    taxed_on_top: bool
    valid_until: datetime | None
    complete_by: datetime | None
    reported: str | None
    found: str | None
    photos: dict[str, list[ShownPhoto]]
    history: History
    questions: list[Question]
    changed: list[Change]
    """Since the wording that was answered last, else since the one before."""


@get("/a/{token:str}", opt={"scope": "presentations:read"}, include_in_schema=False)
async def show_offer(call: NamedDependency[Call[Any]]) -> Response[str]:
    """The offer behind a link, or what was answered to it. Mail scanners may open it as often as they like."""
    return _show(await call.ask(look, presentation_id=presentation_of(call), texted=texted(call)), links=_links(call))


@post("/a/{token:str}", opt={"scope": "presentations:decide"}, include_in_schema=False, status_code=200)
async def answer_offer(call: NamedDependency[Call[Any]]) -> Response[str]:
    """Records the answer, then shows it; or sends a code and shows what was chosen so far; or keeps a question, by which nothing is agreed."""
    from_our_own_page(call.request)
    presentation_id = presentation_of(call)
    form = {str(name): str(value) for name, value in (await call.request.form()).items()}
    refusal, asked = None, False
    try:
        if form.get("do") == "code":
            await call.do(send_code, presentation_id=presentation_id, texted=texted(call))
        elif form.get("do") == "question":
            await call.do(ask_question, presentation_id=presentation_id, question=question_in(form))
            asked = True
        else:
            offered = await call.ask(find_presentation, presentation_id=presentation_id)
            await call.do(answer_presentation, presentation_id=presentation_id, answer=answer_in(form, offered=offered))
    except tuple(_TOLD) as told:
        refusal = told
    shown = await call.ask(look, presentation_id=presentation_id, texted=texted(call))
    return _show(shown, links=_links(call), refusal=refusal, chosen=_verdicts(form), asked=asked)


@get("/a/{token:str}/receipt.jws", opt={"scope": "presentations:read"}, include_in_schema=False, media_type=JOSE)
async def download_receipt(call: NamedDependency[Call[Any]]) -> Response[str]:
    """The signed receipt of the answer as a file, which proves it without us."""
    kept = await call.ask(find_receipt, presentation_id=presentation_of(call))
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="receipt-{str(presentation_of(call))[-12:]}.jws"'}
    return Response(kept.jws, media_type=JOSE, headers=headers)


@get("/a/{token:str}/offer.pdf", opt={"scope": "presentations:read"}, include_in_schema=False, media_type=PDF)
async def download_offer(call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """The offer on paper, as it is sealed."""
    return await shown_pdf(await call.ask(read_shown_offer_sheet, presentation_id=presentation_of(call)), "offer")


@get("/a/{token:str}/job.pdf", opt={"scope": "presentations:read"}, include_in_schema=False, media_type=PDF)
async def download_agreed(call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """Everything agreed in the matter on paper, for whoever answered here and may agree."""
    return await shown_pdf(await call.ask(read_agreed_sheet, presentation_id=presentation_of(call)), "job")


class QuestionMissing(Refusal):
    """There is no question in this form."""

    code, status, remedy = "QUESTION_MISSING", 422, "Write a question of at most 1,000 letters."


def question_in(form: dict[str, str]) -> NewQuestion:
    """The question in a submitted form. Raises QuestionMissing."""
    words = " ".join(form.get("words", "").split())
    if not 2 <= len(words) <= 1000:
        raise QuestionMissing
    return NewQuestion(words=words)


def answer_in(form: dict[str, str], *, offered: Presentation) -> Answer:
    """The decisions in a submitted form: a radio `item-<id>` each, the hash of what was seen, a code or strokes. Raises InvalidDocument, CodeWrong.

    An item without its yes or no would be silence, and the link is answered but once.
    """
    verdicts, code = _verdicts(form), "".join(form.get("code", "").split())
    items = msgspec.json.decode(offered.text)["items"]
    if offered.state == "open" and any(verdicts.get(item["item_id"]) not in {"approved", "declined"} for item in items):
        raise InvalidDocument
    if code and not _CODE.fullmatch(code):
        raise CodeWrong
    strokes = strokes_in(form.get("signature", ""))
    document: dict[str, Any] = {
        "offer_hash": form.get("offer_hash", ""),
        "approved": [item for item, verdict in verdicts.items() if verdict == "approved"],
        "declined": [item for item, verdict in verdicts.items() if verdict == "declined"],
    }
    if form.get("begin_at_once") == "yes":
        document["begin_at_once"] = True
    if code:
        document["code"] = code
    elif strokes:
        document["signature"] = strokes
    try:
        return msgspec.convert(document, Answer)
    except (msgspec.ValidationError, ValidationException) as error:
        raise InvalidDocument(f"{error}.") from None


_CODE = re.compile(r"[0-9]{6}", re.ASCII)


def _verdicts(form: dict[str, str]) -> dict[str, str]:
    return {name.removeprefix("item-"): value for name, value in form.items() if name.startswith("item-")}


async def look(work: Work, *, presentation_id: UUID, texted: bool) -> Shown:
    """What the page shows, read in one snapshot."""
    presentation = await find_presentation(work, presentation_id=presentation_id, texted=texted)
    offer = msgspec.json.decode(presentation.text)
    basis = offer["tax_basis"]
    items = [shown_item(item, basis=basis, verdicts=presentation.verdicts) for item in offer["items"]]
    tax, gross = totals(offer["items"], basis=basis)
    history = await read_history(work, presentation_id=presentation_id)
    agreed = [item for item in offer["items"] if presentation.verdicts.get(item["item_id"]) == "approved"]
    return Shown(
        organisation=await find_organisation(work),
        presentation=presentation,
        zone=(await find_customer(work, customer_id=presentation.customer_id)).zone,
        hold_is_over=presentation.held_until is not None and presentation.held_until <= work.at,
        currency=offer["currency"],
        items=items,
        tax_minor=tax,
        gross_minor=gross,
        agreed_minor=totals(agreed, basis=basis)[1],
        cap_minor=offer["cap_minor"],
        tolerated_minor=tolerated(offer),
        taxed_on_top=basis == "excl",
        valid_until=datetime.fromisoformat(offer["valid_until"]) if offer["valid_until"] else None,
        complete_by=datetime.fromisoformat(offer["complete_by"]) if offer["complete_by"] else None,
        reported=offer["reported"],
        found=offer["found"],
        photos=shown_photos(offer, there=await list_shown_pictures(work, presentation_id=presentation_id)),
        history=history,
        questions=await read_questions(work, presentation_id=presentation_id),
        changed=changes(msgspec.json.decode(history.before), offer, findings=text(presentation.language, FINDINGS))
        if history.before
        else [],
    )


def presentation_of(call: Call[Any]) -> UUID:
    """The one presentation that the link speaks for."""
    return call.principal.subject_id or UUID(int=0)


def _links(call: Call[Any]) -> dict[str, str]:
    """Where the receipt and the documents are, and where the technician goes on once the phone is back: to a page behind their own sign-in."""
    try:
        back_to = f"/app/visits/{UUID(call.request.query_params.get('visit', ''))}"
    except ValueError:
        back_to = "/app/day"
    at = call.request.url.path
    return {
        "receipt_at": f"{at}/receipt.jws",
        "photos_at": f"{at}/photos",
        "offer_at": f"{at}/offer.pdf",
        "agreed_at": f"{at}/job.pdf",
        "back_to": back_to,
    }


def _show(
    shown: Shown, *, links: dict[str, str], refusal: Refusal | None = None, chosen: dict[str, str] | None = None, asked: bool = False
) -> Response[str]:
    presentation, language = shown.presentation, shown.presentation.language
    status = 200 if refusal is None else refusal.status
    common: dict[str, Any] = {"language": language, "organisation": shown.organisation, "reference": presentation.reference}
    if presentation.state in OVER:
        heading, sentence = OVER[presentation.state]
        return page("message.html", status=410, heading=text(language, heading), sentence=text(language, sentence), back=None, **common)
    problem = None if refusal is None else text(language, _TOLD[type(refusal)])
    template = "answered.html" if presentation.state == "answered" else "approval.html"
    return page(
        template,
        status=status,
        headers=SCRIPTED,
        shown=shown,
        handed_over=presentation.channel == "on_device",
        problem=problem,
        **links,
        chosen=chosen or {},
        asked=asked,
        **common,
    )


_TOLD: dict[type[Refusal], str] = {
    MatterClosed: OVER["closed"][1],
    OfferChanged: marked("This offer was changed while you were reading it. Nothing was recorded."),
    TokenUsed: marked("This link was answered before, differently. What was answered first stands."),
    LinkExpired: marked("The time to answer is over. Nothing was recorded."),
    OfferExpired: marked("The time to answer is over. Nothing was recorded."),
    MethodRequired: marked("Please confirm that it is you, below. Nothing was recorded."),
    CodeWrong: marked("That isn't the code that we sent last. Nothing was recorded. After five wrong codes this page closes."),
    CodeExpired: marked("That code is no good any more. Ask for a fresh one. Nothing was recorded."),
    CodeJustSent: marked("We sent you a code less than a minute ago. Please look there first."),
    CodesGuessedOften: marked("Too many wrong codes were tried today. Nothing was recorded. Please try again tomorrow or call us."),
    ContactMailedOften: marked("We wrote to you ten times within this hour. Please look there first, or try again in an hour."),
    CodesUsedUp: marked("We send no more codes for this page. Please call us."),
    ContactUnreachable: marked("We have no address of yours that a link or a code goes to. Please call us."),
    QuestionMissing: marked("Please write your question first."),
    QuestionsUsedUp: marked("Ten questions were asked here already. Please call us."),
    CardNumber: marked("Please leave card numbers out."),
    PresentationLocked: marked("Too many wrong codes were tried. Nothing was agreed. Call us and we send you a fresh one."),
    SignatureUnfit: marked("Please sign in the box, or confirm by a code. Nothing was recorded."),
    InvalidDocument: marked("Please choose yes or no for each item. Nothing was recorded."),
}

ROUTES: list[Any] = [show_offer, answer_offer, download_receipt, download_offer, download_agreed]
