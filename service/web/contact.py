"""The public form by which anybody writes to the company, and a customer by their link: it opens a case, and says the same to whoever is known and whoever isn't."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.care.forms import FormTooOld, form_key, form_token, take_form_in
from service.care.records.forms import NewFormWord
from service.customers.customers import find_customer
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.principals import Principal
from service.kit.rates import Rate
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.tasks.registry import WORKER
from service.kit.verbs import Work
from service.web.forms import converted
from service.web.guard import from_our_own_page
from service.web.languages import NAMES, reading
from service.web.pages import page
from service.web.portal import way_home
from service.web.refusal_words import said_to_people

SHOWN, SENT = Rate("contact-form", 60, 60), Rate("contact-form-sent", 10, 600)
PATH, OF_LINK = "/contact/{organisation_id:uuid}", "/l/{token:str}/contact"
FEWEST_DIGITS = 5
FIELDS = ("name", "reached_by", "words")
Asked = NamedDependency[Call[Any]]


class FormTrapped(Refusal):
    """A field that nobody sees was filled in, as programs do."""

    code, status, remedy = "FORM_TRAPPED", 422, "Leave the last field empty, and send your words once more."


@get(PATH, opt={"scope": None, "rate": SHOWN}, include_in_schema=False)
async def show_contact(organisation_id: FromPath[UUID], call: Asked) -> Response[str]:
    """The form, for anybody."""
    return await _page(_of(call, organisation_id), {})


@post(PATH, status_code=200, opt={"scope": None, "rate": SENT}, include_in_schema=False)
async def write_to_us(organisation_id: FromPath[UUID], call: Asked) -> Response[str]:
    """Takes in what was written; sent twice it is one word."""
    return await _take_in(_of(call, organisation_id))


@get(OF_LINK, opt={"scope": "portal:read"}, include_in_schema=False)
async def show_contact_of_link(call: Asked) -> Response[str]:
    """The form, for the customer whose link it is."""
    return await _page(call, {})


@post(OF_LINK, status_code=200, opt={"scope": "portal:act"}, include_in_schema=False)
async def write_to_us_by_link(call: Asked) -> Response[str]:
    """The same in the customer's own name."""
    return await _take_in(call)


def _of(call: Call[Any], organisation_id: UUID) -> Call[Any]:
    return call.acting_as(Principal(organisation_id=organisation_id, kind="system", id=WORKER))


async def _take_in(call: Call[Any]) -> Response[str]:
    from_our_own_page(call.request)
    form = {str(name): str(value).replace("\r\n", "\n").strip() for name, value in (await call.request.form()).items()}
    who, of_link = call.principal.organisation_id, call.principal.customer_id is not None
    try:
        word = _read(form, of_link=of_link)
        key = form_key(call.database.cursors, form.get("shown", ""), words=word.words, organisation_id=who, at=call.at)
        await call.do(take_form_in, form=word, key=key)
    except (InvalidDocument, FormTooOld, FormTrapped) as refusal:
        return await _page(call, form, refusal=refusal)
    return await _page(call, {}, done=True)


def _read(form: dict[str, str], *, of_link: bool) -> NewFormWord:
    """What was written; raises FormTrapped and InvalidDocument."""
    if form.get("website"):
        raise FormTrapped
    written = {name: form.get(name, "") for name in FIELDS} | ({"name": "-", "reached_by": "by link"} if of_link else {})
    word: NewFormWord = converted(written, NewFormWord)
    if not of_link and "@" not in word.reached_by and sum(one.isdecimal() for one in word.reached_by) < FEWEST_DIGITS:
        raise InvalidDocument
    return word


async def look_at_contact(work: Work) -> tuple[Organisation, str | None]:
    """Whose form it is, and in which language a customer reads."""
    customer = await find_customer(work, customer_id=work.principal.customer_id) if work.principal.customer_id else None
    return await find_organisation(work), customer.language if customer else None


async def _page(call: Call[Any], form: dict[str, str], *, refusal: Refusal | None = None, done: bool = False) -> Response[str]:
    organisation, theirs = await call.ask(look_at_contact)
    language = theirs or reading(call.request, otherwise=organisation.language)
    return page(
        "contact.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=organisation,
        reference=None,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        languages=NAMES,
        home=way_home(call),
        form={name: form.get(name, "") for name in FIELDS},
        of_link=call.principal.customer_id is not None,
        shown=form_token(call.database.cursors, organisation_id=organisation.id, at=call.at, nonce=call.request_id.bytes),
        done=done,
    )


ROUTES: list[Any] = [show_contact, write_to_us, show_contact_of_link, write_to_us_by_link]
