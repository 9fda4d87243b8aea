"""The calls Sayso makes to Stripe, through the `stripe` package. No call is made inside a database transaction.

Every call ends within its deadline, is made once (whoever owns the task repeats it, visibly), and returns a record of ours or raises one of
`ProviderDeclined`, `ProviderRefused`, `ProviderUnavailable`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

import httpx
import msgspec
import stripe
from stripe.params import BalanceTransactionListParams, EventListParams, PaymentIntentCreateParams, PayoutListParams, RefundCreateParams

from service.integrations.stripe import API_VERSION
from service.integrations.stripe.errors import ProviderDeclined, ProviderRefused, ProviderUnavailable
from service.integrations.stripe.reader_records import ConnectionToken, Reader
from service.integrations.stripe.records import (
    BalanceTransaction,
    EventEnvelope,
    Page,
    PaymentIntent,
    Payout,
    ProviderEvent,
    Refund,
    read_event,
)

# Set on import and for the whole process: the package has no setting of the client for it.
stripe.enable_telemetry = False

CALL_WITHIN_S = 10.0
EVENTS_A_CALL = 100

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Stripe:
    """A connection to one account. Made by `open_stripe`."""

    client: stripe.StripeClient
    call_within_s: float


class _Http(stripe.HTTPXClient):
    """The package's own client, handing the encoded form over as `content`: as `data` httpx deprecates it."""

    def __init__(self, *, timeout: float, transport: httpx.AsyncBaseTransport | None) -> None:
        super().__init__(timeout=timeout)
        if transport is not None:
            self._client_async = httpx.AsyncClient(transport=transport)

    def _get_request_args_kwargs(self, method: str, url: str, headers: Mapping[str, str], post_data: Any) -> list[Any]:
        args, options = super()._get_request_args_kwargs(method, url, headers, post_data)
        encoded = options.pop("data")
        return [args, {**options, "content": encoded} if encoded else options]


@asynccontextmanager
async def open_stripe(
    *, api_key: str, address: str | None = None, call_within_s: float = CALL_WITHIN_S, transport: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[Stripe]:
    """A connection to Stripe, or to whatever answers at `address` (the stand-in, in process by its `transport`); closed at the end of the block."""
    http = _Http(timeout=call_within_s, transport=transport)
    client = stripe.StripeClient(
        api_key,
        stripe_version=API_VERSION,
        base_addresses={} if address is None else {"api": address, "files": address, "connect": address, "meter_events": address},
        max_network_retries=0,
        http_client=http,
    )
    try:
        yield Stripe(client=client, call_within_s=call_within_s)
    finally:
        await http.close_async()  # type: ignore[no-untyped-call]  # the package leaves this one method untyped


async def create_payment_intent(
    connection: Stripe,
    *,
    amount_minor: int,
    currency: str,
    metadata: Mapping[str, str],
    description: str,
    idempotency_key: str,
    receipt_email: str | None = None,
    at_reader: bool = False,
) -> PaymentIntent:
    """An intent that the customer can pay. `idempotency_key` is `attempt:{id}:create`, its row committed before this call."""
    params: PaymentIntentCreateParams = {
        "amount": amount_minor,
        "currency": currency.lower(),
        "metadata": dict(metadata),
        "description": description,
    }
    if at_reader:
        params["allowed_payment_method_types"] = ["card_present"]
    else:
        params["automatic_payment_methods"] = {"enabled": True}
    if receipt_email is not None:
        params["receipt_email"] = receipt_email
    made = connection.client.v1.payment_intents.create_async(params, {"idempotency_key": idempotency_key})
    return await call(connection, made, PaymentIntent)


async def confirm_payment_intent(connection: Stripe, *, intent_id: str, payment_method: str, idempotency_key: str) -> PaymentIntent:
    """Charges a payment method that the customer chose. May come back as `requires_action`: then only the customer can go on."""
    made = connection.client.v1.payment_intents.confirm_async(
        intent_id, {"payment_method": payment_method}, {"idempotency_key": idempotency_key}
    )
    return await call(connection, made, PaymentIntent)


async def retrieve_payment_intent(connection: Stripe, *, intent_id: str) -> PaymentIntent:
    """The intent as Stripe has it now."""
    return await call(connection, connection.client.v1.payment_intents.retrieve_async(intent_id), PaymentIntent, reads=True)


async def cancel_payment_intent(
    connection: Stripe,
    *,
    intent_id: str,
    idempotency_key: str,
    reason: Literal["duplicate", "requested_by_customer", "abandoned"] = "abandoned",
) -> PaymentIntent:
    """After this nobody can pay the intent. One that was paid meanwhile is refused, and the refusal carries it."""
    made = connection.client.v1.payment_intents.cancel_async(
        intent_id, {"cancellation_reason": reason}, {"idempotency_key": idempotency_key}
    )
    return await call(connection, made, PaymentIntent)


async def create_refund(
    connection: Stripe, *, intent_id: str, amount_minor: int, metadata: Mapping[str, str], idempotency_key: str
) -> Refund:
    """Money back to the card that paid the intent; Stripe refuses more than is left of it."""
    params: RefundCreateParams = {"payment_intent": intent_id, "amount": amount_minor, "metadata": dict(metadata)}
    return await call(connection, connection.client.v1.refunds.create_async(params, {"idempotency_key": idempotency_key}), Refund)


async def retrieve_refund(connection: Stripe, *, refund_id: str) -> Refund:
    return await call(connection, connection.client.v1.refunds.retrieve_async(refund_id), Refund, reads=True)


async def list_events(
    connection: Stripe, *, since: datetime, after: str | None = None, types: tuple[str, ...] = (), at_most: int = 1000
) -> tuple[ProviderEvent, ...]:
    """Events created since a moment and, if told, after an event: oldest first, at most `at_most`, the oldest of them.

    Stripe doesn't promise that ids order by commit: look back some minutes further than the last event seen, and let the unique event id
    make a no-op of what is known. Stripe keeps events for 30 days.
    """
    found: list[ProviderEvent] = []
    params: EventListParams = {"limit": EVENTS_A_CALL, "created": {"gte": int(since.timestamp())}}
    if types:
        params["types"] = list(types)
    if after is not None:
        params["ending_before"] = after
    while True:
        page = await call(connection, connection.client.v1.events.list_async(params), Page[EventEnvelope], reads=True)
        events = [read_event(envelope) for envelope in page.data]
        if after is None:  # newest first, page by page, down to `since`
            found = [*reversed(events), *found]
            if not page.has_more or not events:
                return tuple(found[:at_most])
            params["starting_after"] = events[-1].id
        else:  # page by page upward from the event
            found += reversed(events)
            if not page.has_more or not events or len(found) >= at_most:
                return tuple(found[:at_most])
            params["ending_before"] = events[0].id


async def list_payouts(connection: Stripe, *, since: datetime) -> tuple[Payout, ...]:
    """Payouts made since a moment, newest first; a hundred at most, which is a quarter of a year of daily ones."""
    params: PayoutListParams = {"limit": 100, "created": {"gte": int(since.timestamp())}}
    return tuple((await call(connection, connection.client.v1.payouts.list_async(params), Page[Payout], reads=True)).data)


async def list_payout_moves(connection: Stripe, *, payout_id: str) -> tuple[BalanceTransaction, ...]:
    """All movements that an automatic payout is made of, itself left out."""
    found: list[BalanceTransaction] = []
    params: BalanceTransactionListParams = {"limit": 100, "payout": payout_id, "expand": ["data.source"]}
    while True:
        page = await call(connection, connection.client.v1.balance_transactions.list_async(params), Page[BalanceTransaction], reads=True)
        found += page.data
        if not page.has_more or not page.data:
            return tuple(one for one in found if one.type != "payout")
        params["starting_after"] = page.data[-1].id


async def retrieve_balance_transaction(connection: Stripe, *, name: str) -> BalanceTransaction:
    """One movement of the balance, with its fee."""
    return await call(connection, connection.client.v1.balance_transactions.retrieve_async(name), BalanceTransaction, reads=True)


async def list_readers(connection: Stripe) -> tuple[Reader, ...]:
    """Card readers of the account, a hundred at most."""
    listed = connection.client.v1.terminal.readers.list_async({"limit": 100})
    return tuple((await call(connection, listed, Page[Reader], reads=True)).data)


async def show_at_reader(connection: Stripe, *, reader_id: str, intent_id: str, idempotency_key: str) -> Reader:
    """Asks for the customer's card at a reader; what becomes of it is told of the intent."""
    shown = connection.client.v1.terminal.readers.process_payment_intent_async(
        reader_id, {"payment_intent": intent_id}, {"idempotency_key": idempotency_key}
    )
    return await call(connection, shown, Reader)


async def retrieve_reader(connection: Stripe, *, reader_id: str) -> Reader:
    """A reader and what it is doing."""
    return await call(connection, connection.client.v1.terminal.readers.retrieve_async(reader_id), Reader, reads=True)


async def ask_signature(
    connection: Stripe, *, reader_id: str, title: str, description: str, metadata: Mapping[str, str], idempotency_key: str
) -> Reader:
    """Asks for the customer's signature at a reader; the provider keeps it as a file that its event names."""
    wanted: Any = {
        "type": "signature",
        "required": True,
        "custom_text": {"title": title, "description": description},
    }
    asked = connection.client.v1.terminal.readers.collect_inputs_async(
        reader_id, {"inputs": [wanted], "metadata": dict(metadata)}, {"idempotency_key": idempotency_key}
    )
    return await call(connection, asked, Reader)


async def clear_reader(connection: Stripe, *, reader_id: str) -> Reader:
    """Stops whatever a reader asks for."""
    return await call(connection, connection.client.v1.terminal.readers.cancel_action_async(reader_id), Reader)


async def create_connection_token(connection: Stripe) -> ConnectionToken:
    """Lets a phone's own reader connect, once and soon."""
    return await call(connection, connection.client.v1.terminal.connection_tokens.create_async(), ConnectionToken)


async def call(connection: Stripe, made: Awaitable[Any], record: type[T], *, reads: bool = False) -> T:
    """Waits for one call within its deadline, and reads the answer's own bytes strictly as our record."""
    try:
        async with asyncio.timeout(connection.call_within_s):
            answer = await made
        return msgspec.json.decode(answer.last_response.body, type=record)
    except TimeoutError as error:
        raise ProviderUnavailable("Stripe didn't answer in time.", maybe_done=not reads) from error
    except msgspec.MsgspecError as error:
        raise ProviderUnavailable(f"Stripe's answer can't be read: {error}", maybe_done=not reads) from error
    except stripe.CardError as error:
        raise ProviderDeclined(
            str(error.user_message),
            code=error.code,
            decline_code=None if error.error is None else error.error.decline_code,
            request_id=error.request_id,
            intent=_intent_told(error),
        ) from error
    except (stripe.RateLimitError, stripe.APIConnectionError, stripe.APIError) as error:
        raise _unavailable(error, reads=reads) from error
    except stripe.StripeError as error:
        raise ProviderRefused(
            str(error.user_message),
            code=error.code,
            param=getattr(error, "param", None),
            request_id=error.request_id,
            intent=_intent_told(error),
        ) from error


def _unavailable(error: stripe.StripeError, *, reads: bool) -> ProviderUnavailable:
    never_sent = isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    nothing_done = reads or never_sent or isinstance(error, stripe.RateLimitError)
    return ProviderUnavailable(str(error.user_message), maybe_done=not nothing_done, code=error.code, request_id=error.request_id)


def _intent_told(error: stripe.StripeError) -> PaymentIntent | None:
    """The intent inside an error; a lying or newer shape is no reason to lose the error itself."""
    body = error.json_body
    told = body.get("error", {}).get("payment_intent") if isinstance(body, dict) else None
    try:
        return None if told is None else msgspec.convert(told, PaymentIntent)
    except msgspec.ValidationError:
        return None
