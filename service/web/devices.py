"""One device that was taken in, on a page: where it is and how it stands, and what can be done with it next."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.authorisations.http import texted
from service.authorisations.matters import list_matter_items
from service.authorisations.presentations import present_offer
from service.authorisations.records import MatterItem, NewOffer, NewPresentation
from service.care.bench import list_bench_moves, list_bench_steps, move_on_bench, tell_news
from service.care.custody import (
    hand_device_back,
    offer_device,
    put_device_down,
    scrap_device,
    take_device,
    take_device_from_former,
)
from service.care.custody_lists import find_custody, list_bench_places, list_hand_overs
from service.care.loaners import list_loaners, list_loans_out
from service.care.records.bench import BenchStep, NewBenchStep, NewNews
from service.care.records.custody import (
    BenchPlace,
    Custody,
    DisposedOf,
    HandedBack,
    HandOver,
    OfferedToColleague,
    PutDown,
    TakenFromFormer,
    TakenOver,
)
from service.care.records.loaners import Loaner, LoanOut
from service.catalogue.items import list_in_force
from service.catalogue.records import ItemVersion
from service.customers.contacts import list_contacts
from service.customers.records import Contact
from service.dispatch.jobs import offer_on_job
from service.identity.organisations import find_organisation
from service.identity.records import Organisation, StaffMember
from service.identity.staff import list_staff
from service.kit.http import Call
from service.kit.paging import MOST
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Work
from service.web.custody_words import STEPS_TO
from service.web.forms import acted, converted, filled_in
from service.web.glass import signed_in
from service.web.guard import from_our_own_page
from service.web.languages import text
from service.web.pages import SCRIPTED, page
from service.web.photo_forms import photos_in
from service.web.refusal_words import said_to_people

READ, WRITE = "jobs:read", "custody:write"
Asked = NamedDependency[Call[Any]]
Act = Callable[[Call[Any], Custody, dict[str, str]], Awaitable[None]]


class DeviceShown(msgspec.Struct, frozen=True):
    """Everything that the page of one device says."""

    organisation: Organisation
    device: Custody
    steps: list[BenchStep]
    hand_overs: list[HandOver]
    moves: list[str]
    """How it may go on."""
    items: list[MatterItem]
    """What was offered in its job, and what its customer said."""
    places: list[BenchPlace]
    staff: list[StaffMember]
    contacts: list[Contact]
    book: list[ItemVersion]
    loans: list[LoanOut]
    """Of ours, for this device."""
    loaners: list[Loaner]
    """Those that are here."""


@get("/app/devices/{custody_id:uuid}", opt={"scope": READ}, include_in_schema=False)
async def show_device(custody_id: FromPath[UUID], call: Asked) -> Response[str]:
    """As it stands now."""
    return await device_page(call, custody_id)


@get("/app/devices/{custody_id:uuid}/hand-back", opt={"scope": WRITE}, include_in_schema=False)
async def show_hand_back(custody_id: FromPath[UUID], call: Asked) -> Response[str]:
    """Where both sign that its owner has it again."""
    return await device_page(call, custody_id, template="hand_back.html")


@post("/app/devices/{custody_id:uuid}/{act:str}", opt={"scope": WRITE}, include_in_schema=False)
async def act_on_device(custody_id: FromPath[UUID], act: FromPath[str], call: Asked) -> Response[Any]:
    """Does one thing with it, then shows how it stands."""
    return await _act(call, custody_id, act)


@post("/app/devices/{custody_id:uuid}/hand-back", opt={"scope": WRITE}, include_in_schema=False)
async def hand_back(custody_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Gives it back to its owner, once both have signed."""
    return await _act(call, custody_id, "hand-back")


async def _act(call: Call[Any], custody_id: UUID, act: str) -> Response[Any]:
    from_our_own_page(call.request)
    if act not in ACTS or (act == "take-over" and not call.principal.may("custody:take-over")):
        raise NotFound
    form = await filled_in(call)
    template = "hand_back.html" if act == "hand-back" else "device.html"

    async def do() -> None:
        await ACTS[act](call, await call.ask(find_custody, custody_id=custody_id), form)

    return await acted(
        do,
        to=lambda: form.get("go_on") or f"/app/devices/{custody_id}",
        again=lambda refusal: device_page(call, custody_id, template=template, form=form, refusal=refusal),
    )


async def _step(call: Call[Any], device: Custody, form: dict[str, str]) -> None:
    said = {name: form.get(name) for name in ("to", "words", "offer_id", "item_id")}
    await call.do(move_on_bench, custody_id=device.id, step=converted(said, NewBenchStep))


async def _offer_work(call: Call[Any], device: Custody, form: dict[str, str]) -> None:
    """Offers it to the customer and says that it waits for their word; what is disposed of is named in the offer itself."""
    quantity = form.get("quantity", "1").replace(",", ".")
    item: dict[str, Any] = {"book_item": form.get("item"), "quantity": quantity}
    shown: DeviceShown = await call.ask(look_at_device, custody_id=device.id)
    chosen = next((one for one in shown.book if str(one.id) == form.get("item")), None)
    if chosen is not None and chosen.kind == "disposal":
        item["description"] = f"{chosen.name}: {device.asset_name}{f' ({device.serial})' if device.serial else ''}"
    wording = converted({"kind": "additional", "items": [item], "found": form.get("found")}, NewOffer)
    showing = converted({"contact_id": form.get("contact"), "channel": form.get("channel"), "method": form.get("method")}, NewPresentation)
    receipt = await call.do(offer_on_job, job_id=device.job_id, offer=wording)
    presented = await call.do(present_offer, offer_id=receipt.id, presentation=showing, texted=texted(call))
    await call.do(
        move_on_bench, custody_id=device.id, step=NewBenchStep(to="waiting_approval", words=form.get("found"), offer_id=receipt.id)
    )
    if showing.channel == "on_device":
        form["go_on"] = f"/a/{presented.token}"


async def _take(call: Call[Any], device: Custody, form: dict[str, str]) -> None:
    await call.do(take_device, custody_id=device.id, taken=TakenOver(after_step=_seen(form)))


async def _take_over(call: Call[Any], device: Custody, form: dict[str, str]) -> None:
    said = {"after_step": _seen(form), "reason": form.get("reason")}
    await call.do(take_device_from_former, custody_id=device.id, taken=converted(said, TakenFromFormer))


async def _put_down(call: Call[Any], device: Custody, form: dict[str, str]) -> None:
    said = {"after_step": _seen(form), "place_id": form.get("place")}
    await call.do(put_device_down, custody_id=device.id, put=converted(said, PutDown))


async def _offer(call: Call[Any], device: Custody, form: dict[str, str]) -> None:
    said = {"after_step": _seen(form), "to_staff_id": form.get("staff")}
    await call.do(offer_device, custody_id=device.id, offered=converted(said, OfferedToColleague))


async def _hand_back(call: Call[Any], device: Custody, form: dict[str, str]) -> None:
    said = {"after_step": _seen(form), "condition": form.get("condition"), **signed_in(form)}
    await call.do(hand_device_back, custody_id=device.id, back=converted(said, HandedBack))


async def _scrap(call: Call[Any], device: Custody, form: dict[str, str]) -> None:
    said = {"after_step": _seen(form), "how": form.get("how")}
    await call.do(scrap_device, custody_id=device.id, scrapped=converted(said, DisposedOf))


async def _news(call: Call[Any], device: Custody, form: dict[str, str]) -> None:
    said = {"words": form.get("words"), "channel": form.get("channel"), "id": form.get("id")}
    await call.do(tell_news, custody_id=device.id, news=converted(said, NewNews))


ACTS: dict[str, Act] = {
    "step": _step,
    "offer-work": _offer_work,
    "take": _take,
    "take-over": _take_over,
    "put-down": _put_down,
    "offer": _offer,
    "hand-back": _hand_back,
    "scrap": _scrap,
    "news": _news,
}


def _seen(form: dict[str, str]) -> int:
    """The hand-over that the page knew last; 0, which none is, where the form doesn't say."""
    written = form.get("after_step", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0


async def look_at_device(work: Work, *, custody_id: UUID) -> DeviceShown:
    """All of it in one snapshot."""
    device = await find_custody(work, custody_id=custody_id)
    return DeviceShown(
        organisation=await find_organisation(work),
        device=device,
        steps=(await list_bench_steps(work, custody_id=custody_id, limit=MOST, cursor=None)).items,
        hand_overs=(await list_hand_overs(work, custody_id=custody_id, limit=MOST, cursor=None)).items,
        moves=await list_bench_moves(work, state=device.state),
        items=await list_matter_items(work, customer_id=device.customer_id, scope_id=device.scope_id),
        places=(await list_bench_places(work, limit=MOST, cursor=None)).items,
        staff=(await list_staff(work, limit=MOST, cursor=None)).items,
        contacts=(await list_contacts(work, customer_id=device.customer_id, limit=MOST, cursor=None)).items,
        book=(await list_in_force(work, on=None, kind=None, code=None, name=None, limit=MOST, cursor=None)).items,
        loans=await list_loans_out(work, customer_id=device.customer_id, custody_id=custody_id),
        loaners=[
            one for one in (await list_loaners(work, limit=MOST, cursor=None)).items if one.loan_id is None and one.retired_because is None
        ],
    )


async def device_page(
    call: Call[Any], custody_id: UUID, *, template: str = "device.html", form: dict[str, str] | None = None, refusal: Refusal | None = None
) -> Response[str]:
    """A refusal is told at its top, with what to do."""
    shown: DeviceShown = await call.ask(look_at_device, custody_id=custody_id)
    device, language = shown.device, shown.organisation.language
    former = device.holder == "staff" and any(one.id == device.holder_id and not one.active for one in shown.staff)
    over = device.state in ("handed_back", "scrapped")
    return page(
        template,
        language=language,
        status=200 if refusal is None else refusal.status,
        headers=SCRIPTED if template != "device.html" else None,
        organisation=shown.organisation,
        shown=shown,
        device=device,
        form=form or {},
        kept=photos_in(form or {}),
        now=call.at,
        over=over,
        mine=not over and device.holder == "staff" and device.holder_id == call.principal.id,
        offered=not over and device.offered_to == call.principal.id,
        former=former,
        colleagues=[one for one in shown.staff if one.active and one.id != call.principal.id],
        steps_to={to: text(language, words) for to, words in STEPS_TO.items() if to in shown.moves},
        agreed=[one for one in shown.items if one.said == "agreed"],
        may_act=call.principal.may(WRITE) and not over,
        may_take_over=call.principal.may("custody:take-over"),
        refused=None if refusal is None else said_to_people(refusal, language=language),
        reference=device.reference,
    )


ROUTES: list[Any] = [show_device, show_hand_back, hand_back, act_on_device]
