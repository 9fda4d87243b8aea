"""Cash where there is no signal: a page that stays on the phone, gives receipt numbers of the phone's own book, and tells what was taken once there is signal."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from service.authorisations.work_records import VisitElsewhere
from service.billing.payments import LATEST_SYNC, find_receipt, read_customer_account
from service.billing.receipt_blocks import NumberNotInYourBlock, reserve_receipt_block, void_receipt_numbers
from service.billing.records.payments import NewCash, OpenInvoice, PaymentOutcome
from service.billing.records.receipt_blocks import NewReceiptBlock, VoidedNumbers
from service.billing.refusals import ReceiptNumberTaken
from service.billing.refused_cash import SettledByOffice, note_refused_cash, take_told_cash
from service.dispatch.records import Visit
from service.dispatch.technicians import find_my_day
from service.identity.devices import register_device
from service.identity.organisations import find_organisation
from service.identity.records import Organisation, SentDevice
from service.identity.staff import find_staff
from service.kit.http import Call
from service.kit.money import MINOR_DIGITS
from service.kit.refusals import Refusal
from service.kit.verbs import Work
from service.web.forms import converted, filled_in, id_in
from service.web.guard import from_our_own_page
from service.web.pages import ASKING, page
from service.web.refusal_words import said_to_people

WORKER = (Path(__file__).parent.parent / "static" / "worker.js").read_text()
WORKER_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
NO_TO_CASH = {403, 404, 409, 422}
"""What the service says no to, and doesn't only say later to."""
BOOK = 20
"""How many receipt numbers a phone sets aside at a time: a day without signal, and then some."""


class SignedInAsAnother(Refusal):
    """This was taken by somebody else than whoever is signed in now."""

    code, status, remedy = "SIGNED_IN_AS_ANOTHER", 409, "Sign in as whoever took the money."


class AtTheDoor(msgspec.Struct, frozen=True):
    """A visit at which cash can be taken, and for what."""

    visit: Visit
    open: list[OpenInvoice]


class WithoutSignal(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    name: str
    zone: str
    doors: list[AtTheDoor]


@get("/app/without-signal", opt={"scope": "payments:cash"}, include_in_schema=False)
async def show_without_signal(call: NamedDependency[Call[Any]]) -> Response[str]:
    """What is open at today's visits, to be kept on the phone."""
    shown: WithoutSignal = await call.ask(look_at_doors)
    return page(
        "without_signal.html",
        language=shown.organisation.language,
        headers=ASKING,
        organisation=shown.organisation,
        shown=shown,
        staff_id=call.principal.id,
        at=_since_1970(call.at),
        digits=MINOR_DIGITS,
        reference=None,
    )


@get("/app/worker.js", opt={"scope": None}, include_in_schema=False, media_type="text/javascript")
async def send_worker() -> Response[str]:
    """The worker that keeps the page; its address says which pages it may stand in for."""
    return Response(WORKER, media_type="text/javascript", headers=WORKER_HEADERS)


@post("/app/without-signal/phone", opt={"scope": "payments:cash"}, include_in_schema=False, status_code=200)
async def greet_phone(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """The phone says that it is there: it is one of its owner's devices from then on, and is given a book of receipt numbers where it asks for one."""

    async def greet(form: dict[str, str]) -> dict[str, Any]:
        device = converted({"id": form.get("device"), "name": "Phone"}, SentDevice)
        await call.do(register_device, device=device)
        if "block" not in form:
            return {}
        wanted = converted({"id": form["block"], "size": BOOK}, NewReceiptBlock)
        book = await call.do(reserve_receipt_block, device_id=device.id, wanted=wanted)
        numbers = [{"block_id": book.block_id, "serial": serial, "number": number} for serial, number in enumerate(book.numbers, start=1)]
        return {"numbers": numbers}

    return await _told(call, greet)


@post("/app/without-signal/cash", opt={"scope": "payments:cash"}, include_in_schema=False, status_code=200)
async def tell_cash(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Cash that was taken, told as often as the phone likes; a number that can't be given, or a visit to somebody else, refuses itself and not the cash. What is refused is noted for the office, which settles it."""

    async def tell(form: dict[str, str]) -> dict[str, Any]:
        document = {
            "id": form.get("id"),
            "invoice_id": form.get("invoice"),
            "visit_id": form.get("visit"),
            "amount": {"amount": _whole(form, "amount"), "currency": form.get("currency")},
            "captured_at": taken_at(taken=_moment(form, "taken"), page=_moment(form, "page"), at=call.at),
        }

        numbered: NewCash = converted(document | {"receipt_number": form.get("number")}, NewCash)

        async def take(cash: NewCash) -> PaymentOutcome:
            try:
                outcome: PaymentOutcome = await call.do(take_told_cash, cash=cash, caller=call.principal.id)
            except VisitElsewhere:
                outcome = await take(msgspec.structs.replace(cash, visit_id=None))
            return outcome

        try:
            try:
                outcome = await take(numbered)
            except (NumberNotInYourBlock, ReceiptNumberTaken):
                outcome = await take(msgspec.structs.replace(numbered, receipt_number=None))
        except SettledByOffice as settled:
            if settled.extras["note"] is not None:
                return {"settled": settled.extras["note"]}
            receipt = await call.ask(find_receipt, payment_id=numbered.id)
            return {"receipt_number": receipt.receipt_number}
        except Refusal as refusal:
            if numbered.id and numbered.invoice_id and refusal.status in NO_TO_CASH:
                await call.do(note_refused_cash, cash=numbered, caller=call.principal.id, code=refusal.code)
            raise
        return {"receipt_number": outcome.receipt_number}

    return await _told(call, tell)


@post("/app/without-signal/void", opt={"scope": "payments:cash"}, include_in_schema=False, status_code=200)
async def tell_void(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """A number that was struck out on the phone before anybody was told of it."""

    async def tell(form: dict[str, str]) -> dict[str, Any]:
        serial = _whole(form, "serial")
        voided = converted({"from_serial": serial, "until_serial": serial, "reason": "Struck out on the phone"}, VoidedNumbers)
        await call.do(void_receipt_numbers, block_id=id_in(form.get("block")), voided=voided)
        return {}

    return await _told(call, tell)


async def look_at_doors(work: Work) -> WithoutSignal:
    """Today's visits at which something is open, those that are over too: who didn't pay at the end may pay on the way out."""
    day = await find_my_day(work, on=None)
    doors = [AtTheDoor(visit, (await read_customer_account(work, customer_id=visit.customer_id)).open_invoices) for visit in day.visits]
    name = (await find_staff(work, staff_id=work.principal.id)).name
    return WithoutSignal(await find_organisation(work), name, day.zone, [one for one in doors if one.open])


def taken_at(*, taken: datetime | None, page: datetime | None, at: datetime) -> datetime:
    """When the money changed hands: as the phone's clock says, but after its page was made and before we were told, both by our own clock."""
    earliest = at - LATEST_SYNC if page is None else min(max(page, at - LATEST_SYNC), at)
    return at if taken is None else min(max(taken, earliest), at)


async def _told(call: Call[Any], act: Callable[[dict[str, str]], Coroutine[Any, Any, dict[str, Any]]]) -> Response[Any]:
    """Acts for whoever the phone says it was, and answers its script; a refusal in words too."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    try:
        if form.get("staff") != str(call.principal.id):
            raise SignedInAsAnother
        return Response({"at": _since_1970(call.at), **await act(form)})
    except Refusal as refusal:
        language = (await call.ask(find_organisation)).language
        return Response({"code": refusal.code, "said": said_to_people(refusal, language=language)}, status_code=refusal.status)


def _since_1970(at: datetime) -> int:
    """Milliseconds, as scripts count."""
    return int(at.timestamp() * 1000)


def _whole(form: dict[str, str], name: str) -> int | None:
    digits = form.get(name, "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def _moment(form: dict[str, str], name: str) -> datetime | None:
    since = _whole(form, name)
    return None if since is None or since > 10**14 else datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=since)


ROUTES: list[Any] = [show_without_signal, send_worker, greet_phone, tell_cash, tell_void]
