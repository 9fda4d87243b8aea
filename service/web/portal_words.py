"""What a customer and we said to each other, on their own link: every thread with our answers, and a new word of theirs."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from service.care.case_lists import find_case, list_cases_of_customer, list_words_of_cases
from service.care.cases import CaseMerged, hear_in_case, raise_case
from service.care.portal import find_holder
from service.care.records.cases import CaseLine, CaseWord, NewCase, NewCaseWord
from service.customers.customers import find_customer
from service.customers.records import Contact, Customer
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import CardNumber, NotFound, Refusal
from service.kit.verbs import Work
from service.kit.words import marked
from service.web.forms import id_in
from service.web.guard import from_our_own_page
from service.web.languages import text
from service.web.pages import page
from service.web.portal import customer_of, home_of

THREADS = 20


class WordsMissing(Refusal):
    """This form says nothing."""

    code, status, remedy = "WORDS_MISSING", 422, "Write 2 to 10,000 letters."


SAID: dict[type[Refusal], str] = {
    WordsMissing: marked("Please write 2 to 10,000 letters."),
    CardNumber: marked("Please leave card numbers out."),
    CaseMerged: marked("This goes on in another thread. Please write there."),
}


class Thread(msgspec.Struct, frozen=True):
    """One matter, and what was said in it."""

    case: CaseLine
    words: list[CaseWord]


class ShownWords(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    customer: Customer
    holder: Contact
    threads: list[Thread]


@get("/l/{token:str}/messages", opt={"scope": "account:read"}, include_in_schema=False)
async def show_words(call: NamedDependency[Call[Any]]) -> Response[str]:
    """Every thread, the latest first."""
    return await _show(call)


@post("/l/{token:str}/messages", opt={"scope": "account:act"}, include_in_schema=False, status_code=303)
async def write_words(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """A word of theirs joins its thread or opens one, and promises them a reply; reloading says nothing twice."""
    from_our_own_page(call.request)
    form = {str(name): str(value) for name, value in (await call.request.form()).items()}
    words = form.get("words", "").replace("\r\n", "\n").strip()
    try:
        await _say(call, words, form.get("case"))
    except tuple(SAID) as refusal:
        return await _show(call, refusal=refusal, words=words)
    return Redirect(f"{home_of(call)}/messages", status_code=303)


async def _say(call: Call[Any], words: str, case: str | None) -> None:
    customer_id = customer_of(call)
    holder: Contact = await call.ask(find_holder)
    try:
        said = msgspec.convert({"channel": "web", "words": words, "contact_id": str(holder.id)}, NewCaseWord)
    except msgspec.ValidationError:
        raise WordsMissing from None
    if not case:
        opened = NewCase(channel="web", words=said.words, contact_id=holder.id)
        await call.do(raise_case, customer_id=customer_id, case=opened)
        return
    case_id = id_in(case)
    if not holder.may_authorise or (await call.ask(find_case, case_id=case_id)).customer_id != customer_id:
        raise NotFound
    await call.do(hear_in_case, case_id=case_id, word=said)


async def _show(call: Call[Any], *, refusal: Refusal | None = None, words: str = "") -> Response[str]:
    shown: ShownWords = await call.ask(look_at_words, customer_id=customer_of(call))
    return page(
        "portal_words.html",
        language=shown.customer.language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        shown=shown,
        home=home_of(call),
        words=words,
        problem=None if refusal is None else text(shown.customer.language, SAID[type(refusal)]),
        reference=shown.customer.quote,
    )


async def look_at_words(work: Work, *, customer_id: UUID) -> ShownWords:
    """All of it in one snapshot; remarks for colleagues aren't among it, and threads are for whoever may agree to things."""
    holder = await find_holder(work)
    threads = []
    if holder.may_authorise:
        cases = (await list_cases_of_customer(work, customer_id=customer_id, limit=THREADS, cursor=None)).items
        said = await list_words_of_cases(work, case_ids=[one.id for one in cases])
        threads = [Thread(case, [one for one in said if one.case_id == case.id]) for case in cases]
    return ShownWords(
        organisation=await find_organisation(work),
        customer=await find_customer(work, customer_id=customer_id),
        holder=holder,
        threads=[one for one in threads if one.words],
    )


ROUTES: list[Any] = [show_words, write_words]
