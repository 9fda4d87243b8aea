"""Cases on pages: what is to be seen to first, and one case with everything that was said in it and what can be done."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from service.care.case_lists import find_case, find_case_of_message, list_case_entries, list_cases, list_cases_of_customer
from service.care.cases import (
    answer_case,
    call_case_fault,
    close_case,
    hand_case_over,
    hear_in_case,
    merge_case,
    note_in_case,
    raise_case,
    split_case,
)
from service.care.mails import list_stray_mails
from service.care.objections import list_objections_of_case, read_objections_evidence
from service.care.records.cases import (
    Case,
    CaseEntry,
    CaseLine,
    CaseMoved,
    Fault,
    HandedOver,
    Heard,
    MergedInto,
    NewAnswer,
    NewCase,
    NewCaseNote,
    NewCaseWord,
    SplitOff,
)
from service.care.records.mails import StrayMail
from service.care.records.objections import LineEvidence, Objection
from service.identity.organisations import find_organisation
from service.identity.records import Organisation, StaffMember
from service.identity.scopes import ROLES
from service.identity.staff import list_staff
from service.kit.http import Call
from service.kit.paging import MOST, Page
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Work
from service.notices.notices import states_of_notices
from service.web.forms import acted, converted, filled_in, id_in
from service.web.guard import from_our_own_page
from service.web.languages import text
from service.web.money_words import REFUND_WAYS
from service.web.pages import page
from service.web.refusal_words import said_to_people
from service.web.timeline import customer_page

PAGE = "/app/cases"
READ, WRITE = "timeline:read", "messages:write"
SENT_BY = ("email", "sms", "chat")
WHOSE = ("all", "mine", "team", "nobody")
Asked = NamedDependency[Call[Any]]


class CasesShown(msgspec.Struct, frozen=True):
    """Everything that the list says."""

    organisation: Organisation
    cases: Page[CaseLine]
    strays: list[StrayMail]
    """Mail of nobody known, where everybody's are shown."""


class CaseShown(msgspec.Struct, frozen=True):
    """Everything that the page of one case says."""

    organisation: Organisation
    case: Case
    entries: Page[CaseEntry]
    others: list[CaseLine]
    """Into which it could be merged."""
    staff: list[StaffMember]
    mailed: dict[UUID, str]
    """How far each answer by mail or text got."""
    objections: list[tuple[Objection, LineEvidence]]
    """What is objected to in it, each with what its line stands on."""

    @property
    def answered_by(self) -> str:
        """By what they spoke last: so they are answered, where a message goes that way."""
        said = [one.channel for one in self.entries.items if one.direction == "in" and one.channel is not None]
        return said[-1] if said and said[-1] in SENT_BY else "email"


@get(PAGE, opt={"scope": READ}, include_in_schema=False)
async def show_cases(call: Asked, whose: FromQuery[str] = "all", cursor: FromQuery[str | None] = None) -> Response[str]:
    """What isn't settled, in the order in which it is seen to; everybody's, the reader's, their teams', or nobody's."""
    return await cases_page(call, whose=whose if whose in WHOSE else "all", cursor=cursor)


async def cases_page(call: Call[Any], *, whose: str = "all", cursor: str | None = None, refusal: Refusal | None = None) -> Response[str]:
    """The list; a refusal is told at its top."""
    shown: CasesShown = await call.ask(look_at_cases, whose=whose, cursor=cursor)
    language = shown.organisation.language
    return page(
        "cases.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        strays=shown.strays,
        may_take=call.principal.may("customers:write"),
        organisation=shown.organisation,
        cases=shown.cases,
        whose=whose,
        reference=None,
    )


@get(PAGE + "/{case_id:uuid}", opt={"scope": READ}, include_in_schema=False)
async def show_case(case_id: FromPath[UUID], call: Asked, cursor: FromQuery[str | None] = None) -> Response[str]:
    """One case."""
    return await case_page(call, case_id, cursor=cursor)


@get("/app/messages/{message_id:uuid}", opt={"scope": READ}, include_in_schema=False)
async def show_case_of_message(message_id: FromPath[UUID], call: Asked) -> Redirect:
    """Leads to the case that a word is in now: what was promised of it is about the word."""
    return Redirect(f"{PAGE}/{await call.ask(find_case_of_message, message_id=message_id)}", status_code=303)


@post("/app/customers/{customer_id:uuid}/cases", opt={"scope": WRITE}, include_in_schema=False)
async def open_case(customer_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Opens a case with what the customer said, and shows it."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    opened: list[Heard] = []

    async def act() -> None:
        case: dict[str, Any] = {
            "channel": form.get("channel"),
            "words": form.get("words"),
            "fault": {} if form.get("fault") == "yes" else None,
        }
        opened.append(await call.do(raise_case, customer_id=customer_id, case=converted(case, NewCase)))

    return await acted(act, to=lambda: f"{PAGE}/{opened[0].id}", again=lambda refusal: customer_page(call, customer_id, refusal=refusal))


@post(PAGE + "/{case_id:uuid}/{what:str}", opt={"scope": WRITE}, include_in_schema=False)
async def act_on_case(case_id: FromPath[UUID], what: FromPath[str], call: Asked) -> Response[Any]:
    """Does what the form says, then shows the case, or the one that goes on with it."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    if what not in ACTS:
        raise NotFound
    went: list[UUID] = []

    async def act() -> None:
        went.append(await ACTS[what](call, case_id, form))

    return await acted(act, to=lambda: f"{PAGE}/{went[0]}", again=lambda refusal: case_page(call, case_id, refusal=refusal))


async def _hear(call: Call[Any], case_id: UUID, form: dict[str, str]) -> UUID:
    word = converted({"channel": form.get("channel"), "words": form.get("words")}, NewCaseWord)
    heard: Heard = await call.do(hear_in_case, case_id=case_id, word=word)
    return heard.id


async def _answer(call: Call[Any], case_id: UUID, form: dict[str, str]) -> UUID:
    answer = converted({"channel": form.get("channel"), "words": form.get("words")}, NewAnswer)
    await call.do(answer_case, case_id=case_id, answer=answer)
    return case_id


async def _note(call: Call[Any], case_id: UUID, form: dict[str, str]) -> UUID:
    await call.do(note_in_case, case_id=case_id, note=converted({"words": form.get("words")}, NewCaseNote))
    return case_id


async def _hand_over(call: Call[Any], case_id: UUID, form: dict[str, str]) -> UUID:
    kind, _, name = form.get("to", "").partition(":")
    to = {"team": name} if kind == "team" else {"staff_id": name} if kind == "staff" else {}
    await call.do(hand_case_over, case_id=case_id, handed=converted({**to, "words": form.get("words")}, HandedOver))
    return case_id


async def _fault(call: Call[Any], case_id: UUID, _form: dict[str, str]) -> UUID:
    await call.do(call_case_fault, case_id=case_id, fault=Fault())
    return case_id


async def _merge(call: Call[Any], case_id: UUID, form: dict[str, str]) -> UUID:
    moved: CaseMoved = await call.do(merge_case, case_id=case_id, merged=MergedInto(case_id=id_in(form.get("into"))))
    return moved.id


async def _split(call: Call[Any], case_id: UUID, form: dict[str, str]) -> UUID:
    names = [name.removeprefix("message-") for name in form if name.startswith("message-")]
    moved: CaseMoved = await call.do(split_case, case_id=case_id, split=converted({"message_ids": names}, SplitOff))
    return moved.id


async def _close(call: Call[Any], case_id: UUID, _form: dict[str, str]) -> UUID:
    await call.do(close_case, case_id=case_id)
    return case_id


ACTS: dict[str, Callable[[Call[Any], UUID, dict[str, str]], Awaitable[UUID]]] = {
    "messages": _hear,
    "answers": _answer,
    "notes": _note,
    "hand-over": _hand_over,
    "fault": _fault,
    "merge": _merge,
    "split": _split,
    "close": _close,
}


async def look_at_cases(work: Work, *, whose: str, cursor: str | None) -> CasesShown:
    """The list in one snapshot."""
    teams = [role for role, scopes in ROLES.items() if scopes <= work.principal.scopes] if whose == "team" else None
    staff_id = work.principal.id if whose == "mine" else None
    cases = await list_cases(work, staff_id=staff_id, teams=teams, unassigned=whose == "nobody" or None, limit=MOST, cursor=cursor)
    strays = (await list_stray_mails(work, limit=MOST, cursor=None)).items if whose == "all" and cursor is None else []
    return CasesShown(await find_organisation(work), cases, strays)


async def look_at_case(work: Work, *, case_id: UUID, cursor: str | None) -> CaseShown:
    """One case in one snapshot."""
    case = await find_case(work, case_id=case_id)
    entries = await list_case_entries(work, case_id=case_id, limit=MOST, cursor=cursor)
    others = (await list_cases_of_customer(work, customer_id=case.customer_id, limit=MOST, cursor=None)).items
    staff = (await list_staff(work, limit=MOST, cursor=None)).items
    objections = await list_objections_of_case(work, case_id=case_id)
    answers = [one.id for one in entries.items if one.channel in SENT_BY and one.direction == "out"]
    return CaseShown(
        organisation=await find_organisation(work),
        case=case,
        entries=entries,
        others=[one for one in others if one.id != case_id and one.state != "merged"],
        staff=[one for one in staff if one.active],
        mailed=await states_of_notices(work, notice_ids=answers),
        objections=list(zip(objections, await read_objections_evidence(work, objections=objections), strict=True)),
    )


async def case_page(call: Call[Any], case_id: UUID, *, cursor: str | None = None, refusal: Refusal | None = None) -> Response[str]:
    """One case as it stands; a refusal is told at its top."""
    shown: CaseShown = await call.ask(look_at_case, case_id=case_id, cursor=cursor)
    language = shown.organisation.language
    return page(
        "case.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        organisation=shown.organisation,
        shown=shown,
        case=shown.case,
        words=[one for one in shown.entries.items if one.direction is not None],
        may_write=call.principal.may(WRITE),
        may_decide=call.principal.may("invoices:credit"),
        may_see_incidents=call.principal.may("subscriptions:read"),
        now=call.at,
        refund_ways={code: text(language, name) for code, name in REFUND_WAYS.items() if code != "card"},
        reader=call.principal.id if call.principal.kind == "staff" else None,
        reference=shown.case.reference,
    )


ROUTES: list[Any] = [show_cases, show_case, show_case_of_message, open_case, act_on_case]
