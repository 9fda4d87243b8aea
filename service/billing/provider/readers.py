"""Card readers: the provider asks for the card there, and what becomes of it is told as of any attempt."""

from collections.abc import Coroutine
from typing import Any
from uuid import UUID

from service.billing.provider.cards import CardRefused, find_attempt
from service.billing.provider.desk import Desk, asked
from service.billing.records.cards import CardAttempt
from service.billing.records.readers import CardReader, CardReaders, NewReader, ReaderToken
from service.identity.organisations import find_organisation
from service.integrations.stripe.client import clear_reader, create_connection_token, list_readers, show_at_reader
from service.integrations.stripe.errors import ProviderRefused
from service.integrations.stripe.reader_records import Location, Reader
from service.integrations.stripe.terminal import create_location, list_locations, register_reader
from service.kit.refusals import Refusal


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


REFUSED_BY_READER = {"terminal_reader_busy": ReaderBusy, "terminal_reader_offline": ReaderOffline}
"""What the provider says of a reader, in our words."""


async def present_attempt(desk: Desk, *, attempt_id: UUID, reader_id: str, request_id: UUID) -> CardReader:
    """Asks for the customer's card at a reader, for an attempt begun for one; raises CardRefused, ReaderBusy, ReaderOffline, ProviderSilent."""
    attempt: CardAttempt = await desk.ask(find_attempt, attempt_id=attempt_id)
    if attempt.intent_id is None or attempt.way != "terminal" or attempt.state not in {"open", "processing"}:
        raise CardRefused("This attempt isn't one that a card reader can take now: begin another with `way: terminal`.")
    # a card that was declined is asked for again: each request is one of its own
    key = f"attempt:{attempt_id}:present:{request_id}"
    return _told(await _asked(show_at_reader(desk.provider, reader_id=reader_id, intent_id=attempt.intent_id, idempotency_key=key)))


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
    return CardReader(
        reader.id,
        reader.label,
        reader.device_type,
        reader.status == "online",
        action.status if action else None,
        action.failure_message if action else None,
    )
