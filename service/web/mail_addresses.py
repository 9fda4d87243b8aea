"""The organisation's own addresses of mail, on a page: where mail is taken in, which were proven, and which one our mail is from."""

from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.care.mails import add_mail_address, list_mail_addresses, remove_mail_address
from service.care.records.mails import MailAddress, NewMailAddress, NewMailProof, NewMailSender
from service.care.senders import prove_mail_address, send_from_address, send_from_operator, send_mail_code
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import MOST
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Work
from service.web.forms import acted, converted, filled_in
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.refusal_words import said_to_people

PAGE: Final = "/app/mail-addresses"
Asked = NamedDependency[Call[Any]]


class AddressesShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    addresses: list[MailAddress]


@get(PAGE, opt={"scope": "organisation:read"}, include_in_schema=False)
async def show_mail_addresses(call: Asked, asked: FromQuery[str | None] = None) -> Response[str]:
    """Each, and how it stands."""
    return await _page(call, asked=asked)


@post(PAGE, opt={"scope": "organisation:write"}, include_in_schema=False)
async def add(call: Asked) -> Response[Any]:
    """Takes mail in at another one."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        await call.do(add_mail_address, address=converted({"address": form.get("address", "").strip()}, NewMailAddress))

    return await acted(act, to=lambda: PAGE, again=lambda refusal: _page(call, refusal=refusal))


@post(f"{PAGE}/{{mail_address_id:uuid}}/{{act:str}}", opt={"scope": "organisation:write"}, include_in_schema=False)
async def act_on_address(mail_address_id: FromPath[UUID], act: FromPath[str], call: Asked) -> Response[Any]:
    """Does one thing with it, then shows how all stand."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def do() -> None:
        about: dict[str, Any] = {"mail_address_id": mail_address_id}
        if act == "code":
            await call.do(send_mail_code, **about)
        elif act == "proof":
            await call.do(prove_mail_address, **about, proof=converted({"code": form.get("code")}, NewMailProof))
        elif act == "sender":
            await call.do(send_from_address, **about, sender=converted({"name": form.get("name")}, NewMailSender))
        elif act == "operator":
            await call.do(send_from_operator, **about)
        elif act == "remove":
            await call.do(remove_mail_address, **about)
        else:
            raise NotFound

    to = f"{PAGE}?asked={mail_address_id}" if act == "code" else PAGE
    return await acted(do, to=lambda: to, again=lambda refusal: _page(call, refusal=refusal))


async def look_at_addresses(work: Work) -> AddressesShown:
    """All of it in one snapshot."""
    return AddressesShown(await find_organisation(work), (await list_mail_addresses(work, limit=MOST, cursor=None)).items)


async def _page(call: Call[Any], *, asked: str | None = None, refusal: Refusal | None = None) -> Response[str]:
    """A refusal is told at its top, with what to do."""
    shown: AddressesShown = await call.ask(look_at_addresses)
    language = shown.organisation.language
    return page(
        "mail_addresses.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        addresses=shown.addresses,
        asked=next((one for one in shown.addresses if str(one.id) == asked), None),
        operator=call.request.app.state.settings.mail_from,
        may_set=call.principal.may("organisation:write"),
        refused=None if refusal is None else said_to_people(refusal, language=language),
        reference=None,
    )


ROUTES: list[Any] = [show_mail_addresses, add, act_on_address]
