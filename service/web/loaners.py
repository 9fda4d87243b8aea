"""Loaners on pages: which of ours are here and which are out; lent and taken back, signed by both."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.care.custody_lists import find_custody
from service.care.loaners import add_loaner, find_loaner, lend_loaner, list_loan_steps, list_loaners, retire_loaner, take_loaner_back
from service.care.records.custody import Custody
from service.care.records.loaners import Loaner, LoanerBack, LoanStep, NewLoan, NewLoaner, RetiredLoaner
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.ids import uuid7
from service.kit.paging import Page
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.verbs import Work
from service.web.custody_words import LOAN_MOVES, RETIRED
from service.web.devices import device_page, look_at_device
from service.web.forms import acted, converted, filled_in, id_in, moment_in
from service.web.glass import signed_in
from service.web.guard import from_our_own_page
from service.web.pages import SCRIPTED, page
from service.web.photo_forms import MOST_PHOTOS, UPLOAD_BYTES, photos_in, with_photo
from service.web.refusal_words import said_to_people
from service.web.words import said as words_of

MOST = 50
STEPS_SHOWN = 20
READ, WRITE = "jobs:read", "custody:write"
Asked = NamedDependency[Call[Any]]


class LoanersShown(msgspec.Struct, frozen=True):
    """Everything that the list says."""

    organisation: Organisation
    loaners: Page[Loaner]


class LoanerShown(msgspec.Struct, frozen=True):
    """The one that comes back, and what became of it before."""

    organisation: Organisation
    loaner: Loaner
    steps: list[LoanStep]


@get("/app/loaners", opt={"scope": READ}, include_in_schema=False)
async def show_loaners(call: Asked, cursor: FromQuery[str | None] = None) -> Response[str]:
    """All of ours that are lent, what is asked back on top."""
    return await loaners_page(call, cursor=cursor)


@post("/app/loaners", opt={"scope": "custody:places"}, include_in_schema=False)
async def add_to_stock(call: Asked) -> Response[Any]:
    """Adds one."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        await call.do(add_loaner, loaner=converted({name: form.get(name) for name in ("kind", "name", "serial")}, NewLoaner))

    return await acted(act, to=lambda: "/app/loaners", again=lambda refusal: loaners_page(call, refusal=refusal))


@get("/app/devices/{custody_id:uuid}/lend", opt={"scope": WRITE}, include_in_schema=False)
async def show_lend(custody_id: FromPath[UUID], call: Asked) -> Response[str]:
    """Where both sign for a loaner while a device is here."""
    return await device_page(call, custody_id, template="lend.html", form=_begun(call, {}))


@post("/app/devices/{custody_id:uuid}/lend", opt={"scope": WRITE}, include_in_schema=False, request_max_body_size=UPLOAD_BYTES)
async def lend(custody_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Keeps a photo and shows the form again as it was filled in; or lends it."""
    from_our_own_page(call.request)
    form, file = await call.request.upload("photo")

    async def again(refusal: Refusal | None = None) -> Response[str]:
        return await device_page(call, custody_id, template="lend.html", form=_begun(call, form), refusal=refusal)

    async def act() -> None:
        zone = (await call.ask(look_at_device, custody_id=custody_id)).organisation.zone
        said = {
            "custody_id": custody_id,
            "back_by": moment_in(form.get("back_by", ""), zone),
            "photo_ids": photos_in(form),
            **signed_in(form),
        }
        await call.do(lend_loaner, loaner_id=id_in(form.get("loaner")), loan=converted(said, NewLoan))

    try:
        if file:
            form = await _kept(call, custody_id, form, file)
    except Refusal as refusal:
        return await again(refusal)
    if form.get("do") == "photo":
        return await again()
    return await acted(act, to=lambda: f"/app/devices/{custody_id}", again=again)


@get("/app/loaners/{loaner_id:uuid}", opt={"scope": WRITE}, include_in_schema=False)
async def show_take_back(loaner_id: FromPath[UUID], call: Asked) -> Response[str]:
    """With whom it is, what became of it, and where both sign that it is back."""
    return await loaner_page(call, loaner_id, {})


@post("/app/loaners/{loaner_id:uuid}", opt={"scope": WRITE}, include_in_schema=False, request_max_body_size=UPLOAD_BYTES)
async def take_back(loaner_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Keeps a photo and shows the form again as it was filled in; or takes it back."""
    from_our_own_page(call.request)
    form, file = await call.request.upload("photo")

    async def again(refusal: Refusal | None = None) -> Response[str]:
        return await loaner_page(call, loaner_id, form, refusal=refusal)

    async def act() -> None:
        said = {"loan_id": form.get("loan"), "condition": form.get("condition"), "photo_ids": photos_in(form), **signed_in(form)}
        await call.do(take_loaner_back, loaner_id=loaner_id, back=converted(said, LoanerBack))

    try:
        if file:
            loaner: Loaner = await call.ask(find_loaner, loaner_id=loaner_id)
            if loaner.custody_id is not None:
                form = await _kept(call, loaner.custody_id, form, file)
    except Refusal as refusal:
        return await again(refusal)
    if form.get("do") == "photo":
        return await again()
    return await acted(act, to=lambda: "/app/loaners", again=again)


@post("/app/loaners/{loaner_id:uuid}/retire", opt={"scope": "custody:places"}, include_in_schema=False)
async def retire(loaner_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Lends it no more."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        said = {"because": form.get("because"), "words": form.get("words")}
        await call.do(retire_loaner, loaner_id=loaner_id, retired=converted(said, RetiredLoaner))

    return await acted(
        act, to=lambda: f"/app/loaners/{loaner_id}", again=lambda refusal: loaner_page(call, loaner_id, form, refusal=refusal)
    )


async def _kept(call: Call[Any], custody_id: UUID, form: dict[str, str], file: bytes) -> dict[str, str]:
    """The form with its photo, where there is room for one more."""
    if len(photos_in(form)) == MOST_PHOTOS:
        raise InvalidDocument
    device: Custody = await call.ask(find_custody, custody_id=custody_id)
    return await with_photo(call, form, file, scope_id=device.scope_id)


def _begun(call: Call[Any], form: dict[str, str]) -> dict[str, str]:
    """With an id for the next photo, so that a form sent twice keeps it once."""
    return {"photo_id": str(uuid7(at=call.at)), **form}


async def look_at_loaners(work: Work, *, cursor: str | None) -> LoanersShown:
    """The list in one snapshot."""
    return LoanersShown(await find_organisation(work), await list_loaners(work, limit=MOST, cursor=cursor))


async def look_at_loaner(work: Work, *, loaner_id: UUID) -> LoanerShown:
    """One in one snapshot."""
    steps = await list_loan_steps(work, loaner_id=loaner_id, limit=STEPS_SHOWN, cursor=None)
    return LoanerShown(await find_organisation(work), await find_loaner(work, loaner_id=loaner_id), steps.items)


async def loaners_page(call: Call[Any], *, cursor: str | None = None, refusal: Refusal | None = None) -> Response[str]:
    """A refusal is told at its top."""
    shown: LoanersShown = await call.ask(look_at_loaners, cursor=cursor)
    language = shown.organisation.language
    return page(
        "loaners.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        loaners=shown.loaners,
        may_act=call.principal.may(WRITE),
        may_add=call.principal.may("custody:places"),
        why=words_of(RETIRED, language),
        refused=None if refusal is None else said_to_people(refusal, language=language),
        reference=None,
    )


async def loaner_page(call: Call[Any], loaner_id: UUID, form: dict[str, str], *, refusal: Refusal | None = None) -> Response[str]:
    """What was filled in stays where it has to be sent again; only signatures are drawn anew."""
    shown: LoanerShown = await call.ask(look_at_loaner, loaner_id=loaner_id)
    language = shown.organisation.language
    return page(
        "loaner.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        headers=SCRIPTED,
        organisation=shown.organisation,
        loaner=shown.loaner,
        steps=shown.steps,
        form=_begun(call, form),
        kept=photos_in(form),
        may_retire=call.principal.may("custody:places"),
        why=words_of(RETIRED, language),
        moves=words_of(LOAN_MOVES, language),
        refused=None if refusal is None else said_to_people(refusal, language=language),
        reference=shown.loaner.name,
    )


ROUTES: list[Any] = [show_loaners, add_to_stock, show_lend, lend, show_take_back, take_back, retire]
