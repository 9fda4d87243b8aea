"""One customer as staff see them: how things stand, what they asked, then everything that happened, newest first."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from service.authorisations.matters import list_answers
from service.authorisations.questions import list_questions, reply_to_question
from service.authorisations.records import ItemsAnswered, NewReply, Question
from service.billing.payments import read_customer_account
from service.billing.records.payments import CustomerAccount
from service.billing.records.saved_methods import Charge, ChargeAnew, ChargeOver, PlannedCharge, SavedMethod
from service.billing.saved.charges import begin_charge_anew, charges_to_begin_anew, list_charges, list_planned_charges
from service.billing.saved.methods import NoMailAddress, list_saved_methods, send_saving_link
from service.care.bench import list_bench
from service.care.case_lists import list_open_cases_of_customer
from service.care.loaners import list_loans_out
from service.care.messages import list_messages
from service.care.records import Entry, Message
from service.care.records.bench import BenchLine
from service.care.records.cases import CaseLine
from service.care.records.loaners import LoanOut
from service.care.timeline import list_timeline
from service.customers.contacts import list_contacts
from service.customers.customers import find_customer
from service.customers.records import Contact, Customer, Site
from service.customers.sites import list_sites
from service.dispatch.jobs import list_jobs
from service.dispatch.records import JobLine
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import MOST as MOST_LISTED
from service.kit.paging import Page
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Work
from service.promises.promises import list_promises
from service.promises.records import Promise
from service.subscriptions.incidents import incidents_of_customer
from service.subscriptions.records import Subscription
from service.subscriptions.records.incidents import KnownIncident
from service.subscriptions.subscriptions import list_subscriptions
from service.web.guard import from_our_own_page
from service.web.languages import text
from service.web.live import LIVE, feed_position
from service.web.money_words import REFUND_WAYS
from service.web.pages import page
from service.web.refusal_words import said_to_people
from service.web.saved_words import WHY_FAILED
from service.web.words import sentence_of

ENTRIES = 50
MONEY = "payments:read"
"""The scope that an account is read by."""
NUMBERED = {"invoice_posted", "invoice_credited"}
"""Facts whose `number` is a document's; a period and a code are counted too."""
MOST = 20
LAST_WORDS = 5
REPLY = "offers:write"
CHARGE = "payments:card"


class Figures(msgspec.Struct, frozen=True):
    """What an entry came to, and the number of its invoice, credit note or receipt, as far as the fact tells."""

    number: str | None
    minor: int | None
    currency: str | None


class Shown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    customer: Customer
    subscriptions: list[Subscription]
    incidents: list[KnownIncident]
    """Under way, and known to reach them."""
    account: CustomerAccount | None
    """None for who may not see money."""
    promises: list[Promise]
    jobs: list[JobLine]
    timeline: Page[Entry]
    questions: list[Question]
    contacts: list[Contact]
    sites: list[Site]
    answers: dict[UUID, ItemsAnswered]
    methods: list[SavedMethod]
    planned: list[PlannedCharge]
    over: list[ChargeOver]
    """What is charged no more by itself, and could be if the customer agrees."""
    failed: Charge | None
    """The last charge, if it failed."""
    cases: list[CaseLine]
    """Not settled yet."""
    devices: list[BenchLine]
    loaners: list[LoanOut]
    """Of theirs, and here now."""
    messages: list[Message]
    """The last words in and out, the latest first."""
    after: str
    """Behind everything that is shown: what happens later is heard from there."""
    refund_id: UUID
    """Made before the form is sent, so that a form sent twice pays out once."""


@get("/app/customers/{customer_id:uuid}", opt={"scope": "timeline:read"}, include_in_schema=False)
async def show_timeline(
    customer_id: FromPath[UUID], call: NamedDependency[Call[Any]], cursor: FromQuery[str | None] = None
) -> Response[str]:
    """The page of one customer."""
    return await customer_page(call, customer_id, cursor=cursor)


@post("/app/customers/{customer_id:uuid}/questions/{question_id:uuid}/reply", opt={"scope": REPLY}, include_in_schema=False)
async def send_reply(customer_id: FromPath[UUID], question_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Replies to a question, then shows the customer again; reloading replies to nothing."""
    from_our_own_page(call.request)
    words = str((await call.request.form()).get("words", "")).strip()
    try:
        await call.do(reply_to_question, question_id=question_id, reply=reply_in(words))
    except NotFound:
        raise
    except Refusal as refusal:
        return await customer_page(call, customer_id, refusal=refusal)
    return Redirect(f"/app/customers/{customer_id}", status_code=303)


@post("/app/customers/{customer_id:uuid}/saving-link", opt={"scope": CHARGE}, include_in_schema=False)
async def send_link(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Mails the customer the link by which they save a card or an account, then shows them again."""
    from_our_own_page(call.request)
    try:
        await call.do(send_saving_link, customer_id=customer_id)
    except NoMailAddress as refusal:
        return await customer_page(call, customer_id, refusal=refusal)
    return Redirect(f"/app/customers/{customer_id}", status_code=303)


@post("/app/customers/{customer_id:uuid}/invoices/{invoice_id:uuid}/charge-anew", opt={"scope": CHARGE}, include_in_schema=False)
async def charge_anew(customer_id: FromPath[UUID], invoice_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Announces a charge anew that the customer agreed to, then shows them again."""
    from_our_own_page(call.request)
    words = str((await call.request.form()).get("agreement", "")).strip()
    try:
        await call.do(begin_charge_anew, invoice_id=invoice_id, anew=anew_in(words))
    except NotFound:
        raise
    except Refusal as refusal:
        return await customer_page(call, customer_id, refusal=refusal)
    return Redirect(f"/app/customers/{customer_id}", status_code=303)


def anew_in(words: str) -> ChargeAnew:
    """The agreement in a submitted form. Raises AgreementMissing."""
    try:
        return msgspec.convert({"agreement": words}, ChargeAnew)
    except msgspec.ValidationError:
        raise AgreementMissing from None


class AgreementMissing(Refusal):
    """This form doesn't say who agreed to another charge."""

    code, status, remedy = "AGREEMENT_MISSING", 422, "Write who of them agreed, when and how, in 10 to 500 letters."


def reply_in(words: str) -> NewReply:
    """The reply in a submitted form. Raises ReplyMissing."""
    try:
        return msgspec.convert({"words": words}, NewReply)
    except msgspec.ValidationError:
        raise ReplyMissing from None


class ReplyMissing(Refusal):
    """There is no reply in this form."""

    code, status, remedy = "REPLY_MISSING", 422, "Write a reply of at most 2,000 letters."


async def customer_page(call: Call[Any], customer_id: UUID, *, cursor: str | None = None, refusal: Refusal | None = None) -> Response[str]:
    """A refusal is told at its top, with what to do."""
    shown: Shown = await call.ask(look, customer_id=customer_id, cursor=cursor)
    language = shown.organisation.language
    numbers = {entry.subject_id: number for entry in shown.timeline.items if (number := figures_of(entry).number)}
    # Told in the order of what happened: what was done without signal, or brought in later, is heard of afterwards.
    entries = [
        (entry, sentence_of(entry, language=language), figures_of(entry, numbers) if shown.account is not None else None)
        for entry in sorted(shown.timeline.items, key=lambda entry: entry.occurred_at, reverse=True)
    ]
    return page(
        "timeline.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        organisation=shown.organisation,
        shown=shown,
        entries=entries,
        may_see_incidents=call.principal.may("subscriptions:read"),
        may_write=call.principal.may("customers:write"),
        may_reply=call.principal.may(REPLY),
        may_charge=call.principal.may(CHARGE),
        may_refund=call.principal.may("refunds:write"),
        refund_ways={code: text(language, name) for code, name in REFUND_WAYS.items() if code != "card"},
        may_credit=call.principal.may("invoices:credit"),
        why_failed=WHY_FAILED,
        may_see_photos=call.principal.may("offers:read"),
        may_see_invoices=call.principal.may("invoices:read"),
        may_promise=call.principal.may("promises:write"),
        takes_devices=call.principal.may("custody:write"),
        may_note=call.principal.may("messages:write"),
        told=next((entry for entry in shown.timeline.items if entry.kind == "notice_handed_over"), None) if cursor is None else None,
        live=cursor is None,
        headers=LIVE,
        reference=shown.customer.reference,
    )


async def look(work: Work, *, customer_id: UUID, cursor: str | None) -> Shown:
    """What the page shows, read in one snapshot."""
    money = work.principal.may(MONEY)
    charges = (await list_charges(work, customer_id=customer_id, limit=MOST_LISTED, cursor=None)).items if money else []
    timeline = await list_timeline(work, customer_id=customer_id, limit=ENTRIES, cursor=cursor)
    acts = {entry.subject_id for entry in timeline.items if entry.subject_kind == "authorisation"}
    return Shown(
        organisation=await find_organisation(work),
        customer=await find_customer(work, customer_id=customer_id),
        subscriptions=(
            await list_subscriptions(work, customer_id=customer_id, state=None, reference=None, limit=ENTRIES, cursor=None)
        ).items,
        incidents=await incidents_of_customer(work, customer_id=customer_id),
        account=await read_customer_account(work, customer_id=customer_id) if money else None,
        promises=(await list_promises(work, open_only=True, customer_id=customer_id, subject_id=None, limit=ENTRIES, cursor=None)).items,
        jobs=(await list_jobs(work, state=None, customer_id=customer_id, reference=None, limit=ENTRIES, cursor=None)).items,
        questions=(await list_questions(work, customer_id=customer_id, limit=10, cursor=None)).items,
        contacts=(await list_contacts(work, customer_id=customer_id, limit=MOST, cursor=None)).items,
        sites=(await list_sites(work, customer_id=customer_id, limit=MOST, cursor=None)).items,
        answers={one.authorisation_id: one for one in await list_answers(work, authorisation_ids=sorted(acts))},
        timeline=timeline,
        methods=(await list_saved_methods(work, customer_id=customer_id, limit=MOST_LISTED, cursor=None)).items if money else [],
        planned=(await list_planned_charges(work, customer_id=customer_id)).items if money else [],
        over=await charges_to_begin_anew(work, customer_id=customer_id) if money else [],
        failed=charges[-1] if charges and charges[-1].verdict else None,
        cases=await list_open_cases_of_customer(work, customer_id=customer_id),
        devices=(await list_bench(work, customer_id=customer_id, held_by=None, limit=MOST, cursor=None)).items,
        loaners=await list_loans_out(work, customer_id=customer_id),
        messages=(await list_messages(work, customer_id=customer_id, limit=LAST_WORDS, cursor=None)).items,
        after=await feed_position(work),
        refund_id=work.new_id(),
    )


def figures_of(entry: Entry, numbers: Mapping[UUID, str] | None = None) -> Figures:
    """The figures in a fact; `numbers` are those of subjects that other facts tell."""
    body = entry.body
    number = (body.get("number") if entry.kind in NUMBERED else None) or body.get("receipt_number") or (numbers or {}).get(entry.subject_id)
    if isinstance(amount := body.get("amount"), dict):
        return Figures(number, amount["amount"], amount["currency"])
    minor = next((body[name] for name in ("total_minor", "amount_minor", "paid_minor") if name in body), None)
    return Figures(number, minor, body.get("currency"))


ROUTES: list[Any] = [show_timeline, send_reply, send_link, charge_anew]
