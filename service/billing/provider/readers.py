"""Card readers: the provider asks for the card there, or for a signature, and what becomes of it is told as of any attempt; why it failed in our words."""

from collections.abc import Coroutine
from contextlib import suppress
from decimal import Decimal
from typing import Any
from uuid import UUID

from service.billing.provider.cards import READER_SAID, CardRefused, account_of_attempt, attempt_of_intent, find_attempt
from service.billing.provider.desk import Desk, asked, id_of
from service.billing.queries.readers import ASK_READER, END_READER_REQUEST
from service.billing.records.cards import CardAttempt, ReaderAsks, ReaderReason
from service.billing.records.readers import CardReader, CardReaders, NewReader, ReaderAsked, ReaderToken, SignatureWanted
from service.identity.organisations import find_organisation
from service.integrations.stripe.client import (
    ask_signature,
    clear_reader,
    create_connection_token,
    list_readers,
    retrieve_reader,
    show_at_reader,
)
from service.integrations.stripe.errors import ProviderRefused
from service.integrations.stripe.reader_records import Location, Reader, ReaderAction, ReaderTold
from service.integrations.stripe.terminal import create_location, list_locations, register_reader
from service.kit.money import MINOR_DIGITS
from service.kit.refusals import Refusal
from service.kit.verbs import Work, verb


class ReaderBusy(Refusal):
    """This card reader is asking for something else."""

    code, status, remedy = (
        "READER_BUSY",
        409,
        "Wait until it is done, stop it (`POST /v1/card-readers/{reader_id}/stop`), or use another reader.",
    )


class ReaderOffline(Refusal):
    """This card reader can't be reached."""

    code, status, remedy = "READER_OFFLINE", 409, "Switch it on and connect it to the network, use another reader, or send a payment link."


REFUSED_BY_READER = {"terminal_reader_busy": ReaderBusy, "terminal_reader_offline": ReaderOffline, "terminal_reader_timeout": ReaderOffline}
"""What the provider says of a reader, in our words."""
REASONS: dict[str, ReaderReason] = {
    "call_issuer": "declined",
    "card_declined": "declined",
    "connection_error": "offline",
    "customer_canceled": "cancelled",
    "do_not_honor": "declined",
    "expired_card": "expired",
    "generic_decline": "declined",
    "incorrect_pin": "pin",
    "insufficient_funds": "funds",
    "invalid_pin": "pin",
    "pin_try_exceeded": "pin",
    "terminal_reader_busy": "busy",
    "terminal_reader_offline": "offline",
    "terminal_reader_timeout": "timed_out",
}
"""Why a reader failed, by the provider's code; any other just failed."""


@verb(locks=lambda *, attempt_id, **_: account_of_attempt(attempt_id))
async def ask_reader(work: Work, *, attempt_id: UUID, reader_id: str, asks: ReaderAsks) -> ReaderAsked:
    """Keeps what a reader is about to be asked for, under a number of its own."""
    return await work.run(ASK_READER, attempt_id=attempt_id, reader_id=reader_id, asks=asks)


@verb(locks=lambda *, attempt_id, **_: account_of_attempt(attempt_id))
async def end_reader_request(
    work: Work,
    *,
    attempt_id: UUID,
    reader_id: str,
    asks: ReaderAsks,
    request: int | None = None,
    earlier: bool = False,
    code: str | None = None,
    signature: str | None = None,
) -> ReaderAsked:
    """Keeps why a reader failed, or which signature it took, once: of the request named, else of the last one, or the one before that."""
    return await work.run(
        END_READER_REQUEST,
        attempt_id=attempt_id,
        reader_id=reader_id,
        asks=asks,
        request=request,
        earlier=earlier,
        reason=None if signature else REASONS.get(code or "", "failed"),
        code=None if signature else code and code[:60],
        signature_file=signature,
    )


async def present_attempt(desk: Desk, *, attempt_id: UUID, reader_id: str) -> CardReader:
    """Asks for the customer's card at a reader, for an attempt begun for one; raises CardRefused, ReaderBusy, ReaderOffline, ProviderSilent."""
    attempt: CardAttempt = await desk.ask(find_attempt, attempt_id=attempt_id)
    if attempt.intent_id is None or attempt.way != "terminal" or attempt.state not in {"open", "processing"}:
        raise CardRefused("This attempt isn't one that a card reader can take now: begin another with `way: terminal`.")
    # a card that was declined is asked for again: each request is one of its own
    request: ReaderAsked = await desk.do(ask_reader, attempt_id=attempt_id, reader_id=reader_id, asks="card")
    key = f"attempt:{attempt_id}:present:{request.request}"
    shown = show_at_reader(desk.provider, reader_id=reader_id, intent_id=attempt.intent_id, idempotency_key=key)
    return _told(await _asked_for(desk, shown, attempt_id=attempt_id, reader_id=reader_id, asks="card"))


async def sign_attempt(desk: Desk, *, attempt_id: UUID, wanted: SignatureWanted) -> CardReader:
    """Asks the customer to sign at a reader for what they pay or have paid there; raises CardRefused, ReaderBusy, ReaderOffline, ProviderSilent."""
    attempt: CardAttempt = await desk.ask(find_attempt, attempt_id=attempt_id)
    if attempt.way != "terminal" or attempt.state in {"begun", "closed"}:
        raise CardRefused("Nothing is paid at a card reader by this attempt: begin another with `way: terminal`.")
    request: ReaderAsked = await desk.do(ask_reader, attempt_id=attempt_id, reader_id=wanted.reader_id, asks="signature")
    currency = attempt.amount.currency
    shown = ask_signature(
        desk.provider,
        reader_id=wanted.reader_id,
        title=wanted.title,
        description=f"{Decimal(attempt.amount.amount).scaleb(-MINOR_DIGITS[currency])} {currency}",
        metadata={"organisation_id": str(desk.organisation_id), "attempt_id": str(attempt_id), "request": str(request.request)},
        idempotency_key=f"attempt:{attempt_id}:sign:{request.request}",
    )
    return _told(await _asked_for(desk, shown, attempt_id=attempt_id, reader_id=wanted.reader_id, asks="signature"))


def news_of(desk: Desk, reader: ReaderTold) -> dict[str, str]:
    """What an event of a reader tells of a request of ours, for a task to take in; empty where it tells nothing."""
    action = reader.action
    if action is None:
        return {}
    news = {"reader_id": reader.id, "asks": "card", "intent_id": reader.intent_id or ""}
    if action.collect_inputs is not None:
        ours = action.collect_inputs.metadata or {}
        if id_of(ours.get("organisation_id")) != desk.organisation_id:
            return {}
        news |= {"asks": "signature", "attempt_id": ours.get("attempt_id", ""), "request": ours.get("request", "")}
        news["signature"] = reader.signature_file or ""
    elif not reader.intent_id:
        return {}
    return news | ({"failed": action.failure_code or "failed"} if action.status == "failed" else {})


async def attempt_of_news(desk: Desk, *, news: dict[str, str]) -> UUID | None:
    """Our attempt that a reader tells of."""
    if news["asks"] == "signature":
        return id_of(news["attempt_id"])
    attempt_id: UUID | None = await desk.ask(attempt_of_intent, intent_id=news["intent_id"])
    return attempt_id


async def take_in_news(desk: Desk, *, attempt_id: UUID, news: dict[str, str]) -> None:
    """Keeps why a reader failed, or the signature that it took; raises ProviderSilent.

    What is told of a card names no request: if the reader asks for this very try again by now, it is of the one before.
    """
    reader_id, signature, number = news["reader_id"], news.get("signature") or None, news.get("request", "")
    if not signature and "failed" not in news:
        return
    await desk.do(
        end_reader_request,
        attempt_id=attempt_id,
        reader_id=reader_id,
        asks=news["asks"],
        request=int(number) if number.isdecimal() and len(number) < 6 else None,
        earlier=news["asks"] == "card" and await _asks_again(desk, reader_id=reader_id, intent_id=news["intent_id"]),
        code=news.get("failed"),
        signature=signature,
    )


async def _asks_again(desk: Desk, *, reader_id: str, intent_id: str) -> bool:
    action = await _action_of(desk, reader_id=reader_id, intent_id=intent_id)
    return action is not None and action.status != "failed"


async def _action_of(desk: Desk, *, reader_id: str, intent_id: str) -> ReaderAction | None:
    """What a reader does or did last, if that is for this intent; nothing of a reader that is gone."""
    with suppress(CardRefused):
        action = (await asked(retrieve_reader(desk.provider, reader_id=reader_id))).action
        if action is not None and action.process_payment_intent and action.process_payment_intent.intent_id == intent_id:
            return action
    return None


async def look_at_reader(desk: Desk, *, attempt: CardAttempt, declined_as: str | None) -> None:
    """Asks the reader itself why it brought nothing: its event may be late or lost. A declined card is told as its bank told it of the intent."""
    last = attempt.at_reader
    if last is None or last.asks != "card" or last.failure is not None or attempt.intent_id is None:
        return
    action = await _action_of(desk, reader_id=last.reader_id, intent_id=attempt.intent_id)
    if action is not None and action.status == "failed":
        code = declined_as if action.failure_code == "card_declined" and declined_as else action.failure_code
        await desk.do(end_reader_request, attempt_id=attempt.id, reader_id=last.reader_id, asks="card", code=code)


async def register_card_reader(desk: Desk, *, wanted: NewReader) -> CardReader:
    """Takes a reader in by the code on its screen, at the company's own address; raises CardRefused, ProviderSilent."""
    ours, here = str(desk.organisation_id), await asked(list_locations(desk.provider))
    location = next((one for one in here if one.metadata.get("organisation_id") == ours), None) or await _location(desk)
    key = f"reader:{ours}:{wanted.registration_code}"
    made = register_reader(
        desk.provider, registration_code=wanted.registration_code, label=wanted.label, location_id=location.id, idempotency_key=key
    )
    return _told(await asked(made))


async def _location(desk: Desk) -> Location:
    seller = await desk.ask(find_organisation)
    if not (seller.street and seller.city and seller.country):
        raise CardRefused("A card reader stands at the company's address: tell its street, city and country first.")
    return await asked(
        create_location(
            desk.provider,
            name=seller.name,
            address={"line1": seller.street, "city": seller.city, "postal_code": seller.postcode, "country": seller.country},
            metadata={"organisation_id": str(desk.organisation_id)},
            idempotency_key=f"reader-location:{desk.organisation_id}",
        )
    )


async def stop_reader(desk: Desk, *, reader_id: str) -> CardReader:
    """Stops what a reader asks for; raises CardRefused, ReaderOffline, ProviderSilent."""
    return _told(await _asked(clear_reader(desk.provider, reader_id=reader_id)))


async def list_card_readers(desk: Desk) -> CardReaders:
    """The readers that the provider knows; raises ProviderSilent."""
    return CardReaders([_told(reader) for reader in await asked(list_readers(desk.provider))])


async def connect_reader(desk: Desk) -> ReaderToken:
    """What a phone connects its own reader with; raises ProviderSilent."""
    return ReaderToken((await asked(create_connection_token(desk.provider))).secret)


async def _asked_for(desk: Desk, answer: Coroutine[Any, Any, Reader], *, attempt_id: UUID, reader_id: str, asks: ReaderAsks) -> Reader:
    try:
        return await _asked(answer)
    except (CardRefused, ReaderBusy, ReaderOffline) as refused:
        said = refused.__cause__
        code = said.code if isinstance(said, ProviderRefused) else None
        await desk.do(end_reader_request, attempt_id=attempt_id, reader_id=reader_id, asks=asks, code=code)
        raise


async def _asked(answer: Coroutine[Any, Any, Reader]) -> Reader:
    try:
        return await asked(answer)
    except CardRefused as refused:
        said = refused.__cause__
        known = REFUSED_BY_READER.get(said.code or "") if isinstance(said, ProviderRefused) else None
        if known is None:
            raise
        raise known from said


def _told(reader: Reader) -> CardReader:
    action = reader.action
    reason = REASONS.get(action.failure_code or "", "failed") if action and action.status == "failed" else None
    return CardReader(
        reader.id,
        reader.label,
        reader.device_type,
        reader.status == "online",
        action.status if action else None,
        action.failure_message if action else None,
        reason,
        READER_SAID[reason][1] if reason else None,
    )
