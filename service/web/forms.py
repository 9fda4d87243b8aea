"""What a page's form has sent, and what comes after it has acted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response
from litestar.response import Redirect

from service.billing.bank.candidates import find_invoice_numbered
from service.billing.records.bank_matching import InvoiceToPay
from service.kit.http import Call
from service.kit.refusals import InvalidDocument, NotFound, Refusal

MOST_DIGITS = 18


class InvoiceUnknown(Refusal):
    """No invoice has this number."""

    code, status, remedy = "INVOICE_UNKNOWN", 422, "Write the number as it stands on the invoice."


async def filled_in(call: Call[Any]) -> dict[str, str]:
    """The fields that were filled in."""
    return {str(name): str(value) for name, value in (await call.request.form()).items() if value != ""}


def converted(document: dict[str, Any], kind: type[Any]) -> Any:
    """The document as the rules read it, without what is None; raises InvalidDocument."""
    try:
        return msgspec.convert({name: value for name, value in document.items() if value is not None}, kind)
    except msgspec.ValidationError as error:
        raise InvalidDocument(f"{error}.") from None


def whole_in(written: str) -> int | None:
    """The whole number that a field says; None where it is none, or longer than any that is meant: Python refuses to read thousands of digits."""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS else None


def id_in(written: object) -> UUID:
    """The id that a form names by it; raises InvalidDocument."""
    try:
        return UUID(str(written))
    except ValueError:
        raise InvalidDocument from None


def moment_in(written: str, zone: str) -> str | None:
    """What a field's local time is, with its zone; None where it isn't one."""
    try:
        return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone)).isoformat()
    except ValueError:
        return None


async def invoice_named(call: Call[Any], number: str) -> InvoiceToPay:
    """The invoice with that number, as people write it; raises InvoiceUnknown."""
    invoice: InvoiceToPay | None = await call.ask(find_invoice_numbered, number=number.strip())
    if invoice is None:
        raise InvoiceUnknown
    return invoice


async def acted(act: Callable[[], Any], *, to: Callable[[], str], again: Callable[[Refusal], Any]) -> Response[Any]:
    """Acts, then shows where that leads (reloading never acts again); a refusal is shown with what to do, on the page that it came from."""
    try:
        await act()
    except NotFound:
        raise
    except Refusal as refusal:
        response: Response[Any] = await again(refusal)
        return response
    return Redirect(to(), status_code=303)
