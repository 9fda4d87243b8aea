"""Everything of a customer's on their own link: what comes, where things stand, what they decide and owe, and a word to us. Opening it never acts."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from service.authorisations.confirmations import ContactMailedOften, ContactUnreachable, code_channel
from service.authorisations.http import texted
from service.authorisations.matters import list_acts_of_customer, list_offers_to_decide
from service.authorisations.offers import MatterClosed
from service.authorisations.presentations import open_offer
from service.authorisations.records import ActOfCustomer, NewPresentation, OfferToDecide
from service.billing.compensations.compensations import list_compensations_of_customer
from service.billing.money_lists import list_papers_of_customer
from service.billing.payments import read_customer_account
from service.billing.provider.pay_links import claim_path, pay_path
from service.billing.records.compensations import Compensation
from service.billing.records.money_lists import PaperOfCustomer
from service.billing.records.payments import CustomerAccount
from service.care.case_lists import list_open_cases_of_customer
from service.care.device_story import list_devices_of_customer
from service.care.loaners import list_loans_out
from service.care.portal import find_holder, list_devices_here
from service.care.records.cases import CaseLine
from service.care.records.loaners import LoanOut
from service.care.records.portal import DeviceHere, DeviceKept
from service.customers.assets import list_assets
from service.customers.customers import find_customer
from service.customers.records import Contact, Customer
from service.dispatch.jobs import list_jobs
from service.dispatch.live.told import list_visits_of_customer
from service.dispatch.records import JobLine, VisitToCustomer
from service.documents.credit_notes import read_credit_note_sheet
from service.documents.http import PDF
from service.documents.http import shown as shown_pdf
from service.documents.invoices import read_invoice_sheet
from service.documents.receipts import read_receipt_sheet
from service.documents.setting import Sheet
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import MOST
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Work
from service.kit.words import marked
from service.promises.promises import list_promises
from service.promises.records import Promise
from service.subscriptions.incidents import incidents_of_customer
from service.subscriptions.records import Subscription
from service.subscriptions.records.incidents import KnownIncident
from service.subscriptions.subscriptions import list_subscriptions
from service.web.guard import from_our_own_page
from service.web.languages import text
from service.web.live import LIVE
from service.web.pages import page
from service.web.visits import kilometres

DECIDE_WITHIN_HOURS = 72
ELSEWHERE = frozenset({"arrive", "reply", "restore"})
SAID: dict[type[Refusal], str] = {
    ContactUnreachable: marked("We have no address of yours that a link or a code goes to. Please call us."),
    ContactMailedOften: marked("We wrote to you ten times within this hour. Please look there first, or try again in an hour."),
    MatterClosed: marked("This offer can’t be decided any more."),
}


class ShownPortal(msgspec.Struct, frozen=True):
    """Everything the page says; what is about money, and what was agreed, to whoever may agree to things alone."""

    organisation: Organisation
    customer: Customer
    holder: Contact
    incidents: list[KnownIncident]
    visits: list[VisitToCustomer]
    jobs: list[JobLine]
    devices: list[DeviceHere]
    loaners: list[LoanOut]
    things: dict[UUID, str]
    """What an asset is called."""
    promises: list[Promise]
    subscriptions: list[Subscription]
    offers: list[OfferToDecide]
    account: CustomerAccount | None
    cases: list[CaseLine]


class ShownPast(msgspec.Struct, frozen=True):
    """What was agreed, every paper, the devices that were with us, and what was given for what we failed to do."""

    organisation: Organisation
    customer: Customer
    acts: list[ActOfCustomer]
    papers: list[PaperOfCustomer]
    devices: list[DeviceKept]
    compensations: list[Compensation]


@get("/l/{token:str}", opt={"scope": "account:read"}, include_in_schema=False)
async def show_portal(call: NamedDependency[Call[Any]]) -> Response[str]:
    """How everything of the customer's stands at this moment."""
    return await portal_page(call)


@get("/l/{token:str}/past", opt={"scope": "account:read"}, include_in_schema=False)
async def show_past(call: NamedDependency[Call[Any]]) -> Response[str]:
    """What they agreed to, and their papers."""
    shown: ShownPast = await call.ask(look_at_past, customer_id=customer_of(call))
    return page(
        "portal_past.html",
        language=shown.customer.language,
        organisation=shown.organisation,
        shown=shown,
        lines={
            one.id: pay_path(call.database.cursors, organisation_id=shown.organisation.id, invoice_id=one.id) + "/lines"
            for one in shown.papers
            if one.kind == "invoice"
        },
        home=home_of(call),
        reference=shown.customer.quote,
    )


@get("/l/{token:str}/papers/{kind:str}/{paper_id:uuid}", opt={"scope": "account:read"}, include_in_schema=False, media_type=PDF)
async def download_paper(kind: FromPath[str], paper_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """An invoice, credit note or receipt of the customer's, as it was sent."""
    return await shown_pdf(await call.ask(read_paper, customer_id=customer_of(call), kind=kind, paper_id=paper_id), kind)


@post("/l/{token:str}/offers/{offer_id:uuid}", opt={"scope": "account:act"}, include_in_schema=False, status_code=303)
async def decide_offer(offer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Shows the offer anew to whom the link is, on its own page, where they say yes or no; pressed again on a day it is the same showing."""
    from_our_own_page(call.request)
    holder: Contact = await call.ask(find_decider)
    try:
        showing = presentation_to(call, holder, offer_id)
        given = await call.do(open_offer, offer_id=offer_id, presentation=showing, texted=texted(call))
    except tuple(SAID) as refusal:
        return await portal_page(call, refusal=refusal)
    return Redirect(f"/a/{given.token}", status_code=303)


def presentation_to(call: Call[Any], holder: Contact, offer_id: UUID) -> NewPresentation:
    """A showing to them, of this offer on this day by this link."""
    about = call.principal.id.bytes + offer_id.bytes + call.at.date().isoformat().encode()
    showing = UUID(bytes=call.database.cursors.derived("portal offer", about)[:16])
    return NewPresentation(contact_id=holder.id, method="otp", expires_in_hours=DECIDE_WITHIN_HOURS, id=showing)


async def portal_page(call: Call[Any], *, refusal: Refusal | None = None) -> Response[str]:
    """A refusal is told at its top."""
    shown: ShownPortal = await call.ask(look_at_portal, customer_id=customer_of(call))
    organisation_id, cursors, language = call.principal.organisation_id, call.database.cursors, shown.customer.language
    account, of_jobs = shown.account, promises_of_jobs(shown)
    return page(
        "portal.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        headers=LIVE,
        organisation=shown.organisation,
        shown=shown,
        kilometres={one.id: kilometres(one) for one in shown.visits},
        of_jobs=of_jobs,
        decides=code_channel(shown.holder.channel, texted=texted(call)) is not None,
        promised_else=promises_else(shown, of_jobs),
        pay={one.invoice_id: pay_path(cursors, organisation_id=organisation_id, invoice_id=one.invoice_id) for one in account.open_invoices}
        if account
        else {},
        owed={one.id: claim_path(cursors, organisation_id=organisation_id, claim_id=one.id) for one in account.claims} if account else {},
        home=home_of(call),
        now=call.at,
        problem=None if refusal is None else text(language, SAID[type(refusal)]),
        reference=shown.customer.quote,
    )


def promises_of_jobs(shown: ShownPortal) -> dict[UUID, list[Promise]]:
    """What is promised about each job: about it, or about a visit of its."""
    reference_of = {one.id: one.reference for one in shown.visits}
    return {
        job.id: [one for one in shown.promises if one.subject_id == job.id or reference_of.get(one.subject_id) == job.reference]
        for job in shown.jobs
    }


def promises_else(shown: ShownPortal, of_jobs: dict[UUID, list[Promise]]) -> list[Promise]:
    """The others, without those that stand with a visit, a thread or an incident."""
    told = {one.id for promises in of_jobs.values() for one in promises}
    here = {*(one.id for one in shown.devices), *(one.id for one in shown.loaners)}
    return [one for one in shown.promises if one.id not in told and one.subject_id not in here and one.kind not in ELSEWHERE]


async def look_at_portal(work: Work, *, customer_id: UUID) -> ShownPortal:
    """All of it in one snapshot."""
    holder = await find_holder(work)
    say = holder.may_authorise
    jobs = [one for state in ("open", "in_progress", "work_done") for one in await _jobs(work, customer_id, state)]
    assets = (await list_assets(work, customer_id=customer_id, site_id=None, serial=None, limit=MOST, cursor=None)).items if jobs else []
    promises = (await list_promises(work, open_only=True, customer_id=customer_id, subject_id=None, limit=MOST, cursor=None)).items
    subscriptions = await list_subscriptions(work, customer_id=customer_id, state=None, reference=None, limit=MOST, cursor=None)
    return ShownPortal(
        organisation=await find_organisation(work),
        customer=await find_customer(work, customer_id=customer_id),
        holder=holder,
        incidents=await incidents_of_customer(work, customer_id=customer_id),
        visits=await list_visits_of_customer(work, customer_id=customer_id),
        jobs=jobs,
        devices=await list_devices_here(work, customer_id=customer_id),
        loaners=await list_loans_out(work, customer_id=customer_id),
        things={one.id: one.name for one in assets},
        promises=sorted((one for one in promises if say or one.kind != "refund"), key=lambda one: one.due_at),
        subscriptions=[one for one in subscriptions.items if one.state != "ended"],
        offers=await list_offers_to_decide(work, customer_id=customer_id) if say else [],
        account=await read_customer_account(work, customer_id=customer_id) if say else None,
        cases=await list_open_cases_of_customer(work, customer_id=customer_id) if say else [],
    )


async def _jobs(work: Work, customer_id: UUID, state: Any) -> list[JobLine]:
    return (await list_jobs(work, state=state, customer_id=customer_id, reference=None, limit=MOST, cursor=None)).items


async def look_at_past(work: Work, *, customer_id: UUID) -> ShownPast:
    """All of it in one snapshot, for whoever may agree to things; raises NotFound."""
    await find_decider(work)
    return ShownPast(
        organisation=await find_organisation(work),
        customer=await find_customer(work, customer_id=customer_id),
        acts=await list_acts_of_customer(work, customer_id=customer_id),
        papers=await list_papers_of_customer(work, customer_id=customer_id),
        devices=await list_devices_of_customer(work, customer_id=customer_id),
        compensations=await list_compensations_of_customer(work, customer_id=customer_id),
    )


async def read_paper(work: Work, *, customer_id: UUID, kind: str, paper_id: UUID) -> Sheet:
    """A paper of the customer's own; raises NotFound."""
    await find_decider(work)
    if (kind, paper_id) not in {(one.kind, one.id) for one in await list_papers_of_customer(work, customer_id=customer_id)}:
        raise NotFound
    if kind == "receipt":
        return await read_receipt_sheet(work, payment_id=paper_id)
    if kind == "credit-note":
        return await read_credit_note_sheet(work, credit_note_id=paper_id)
    return await read_invoice_sheet(work, invoice_id=paper_id)


async def find_decider(work: Work) -> Contact:
    """Whom the link is, where they may agree to things; raises NotFound."""
    holder = await find_holder(work)
    if not holder.may_authorise:
        raise NotFound
    return holder


def customer_of(call: Call[Any]) -> UUID:
    """The one customer that the link speaks for."""
    return call.principal.customer_id or UUID(int=0)


def home_of(call: Call[Any]) -> str:
    """Where the page of everything is."""
    return f"/l/{call.request.path_params['token']}"


def way_home(call: Call[Any]) -> str | None:
    """The same from another page of a customer's link; None for whose link isn't good for it, and for staff."""
    return home_of(call) if call.principal.may("account:read") else None


ROUTES: list[Any] = [show_portal, show_past, download_paper, decide_offer]
