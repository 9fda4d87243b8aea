"""Hands short messages (text, chat) to the operator's gateway: one signed webhook a message, whatever provider stands behind it.

The same message id each time it is handed over, so that a gateway that has it already answers so and sends nothing again.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.integrations.mail import ANSWER_LENGTH, Delivery, State
from service.integrations.targets import TargetRefused, resolve_target
from service.integrations.webhooks_out import Sender, WebhookAnswer, send_webhook

TEXT_LENGTH = 1600
"""Ten parts of a text message."""


TextChannel = Literal["sms", "chat"]
TEXT_CHANNELS: tuple[TextChannel, ...] = ("sms", "chat")


class TextGateway(msgspec.Struct, frozen=True, kw_only=True):
    """Where short messages are handed in, signed by which secret, and which channels it carries."""

    url: str
    secret: str
    channels: frozenset[TextChannel]

    def __repr__(self) -> str:
        return f"TextGateway(channels={sorted(self.channels)})"


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """One short message to one person, as the gateway reads it."""

    organisation_id: UUID
    notice_id: UUID
    way: int
    """Told back with what became of it: `POST /v1/notices/{notice_id}/report`."""
    channel: TextChannel
    to: str
    text: str


async def send_text(text: Text, *, gateway: TextGateway, sender: Sender, at: datetime, allowed: frozenset[str]) -> Delivery:
    """Hands it over once and says what is known of it; never raises for what the gateway or the network does."""
    try:
        target = await resolve_target(gateway.url, allowed=allowed)
    except TargetRefused as error:
        return Delivery(state="refused", answer=f"The gateway's address is refused: {error.reason}.", passing=True)
    answer = await send_webhook(
        sender,
        target=target,
        message_id=f"{text.notice_id}.{text.way}",
        at=at,
        body=msgspec.json.encode(text),
        secrets=(gateway.secret,),
    )
    return _delivery(answer)


def _delivery(answer: WebhookAnswer) -> Delivery:
    states: dict[str, State] = {"confirmed": "handed_over", "unknown": "unknown"}
    said = answer.said or answer.body.decode("utf-8", "replace")
    return Delivery(
        state=states.get(answer.state, "refused"),
        answer=said[:ANSWER_LENGTH],
        code=answer.status if answer.status is not None and answer.status < 600 else None,
        passing=answer.state == "unavailable",
    )
