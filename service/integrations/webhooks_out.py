"""Tells other people's servers, signed by the Standard Webhooks convention, and reads a short answer.

Used for provisioning orders. Sent once a call: whoever owns the task repeats it, with the same message id, so that the receiver can tell.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Literal

import httpx
import msgspec
import standardwebhooks

from service.integrations.targets import USUAL_PORTS, Target

State = Literal["confirmed", "refused", "unavailable", "unknown"]
ANSWER_LIMIT_BYTES = 64 * 1024
BODY_LIMIT_BYTES = 1 << 20
ANSWER_WITHIN_S = 10.0


class WebhookAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How one sending ended.

    `confirmed`: 2xx. `refused`: the receiver says no (4xx, or a redirect: never followed). `unavailable`: it can't now (5xx, 408, 425, 429, or
    it couldn't be reached: nothing was sent). `unknown`: sent, and no answer came in time.
    """

    state: State
    status: int | None
    body: bytes
    """At most 64 KiB of the answer."""
    said: str = ""


Sender = httpx.AsyncHTTPTransport
"""The bare transport: without a client around it there are no redirects, cookies, proxies or credentials to forget about."""


@asynccontextmanager
async def open_sender(*, ca_file: str | None = None) -> AsyncIterator[Sender]:
    """What to send with; `ca_file` names certificates to trust instead of the public ones.

    No connection is used twice: pinned to an address, one opened and proven for a name would serve another name at the same address.
    """
    trusted = httpx.create_ssl_context() if ca_file is None else ssl.create_default_context(cafile=ca_file)
    async with httpx.AsyncHTTPTransport(verify=trusted, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)) as sender:
        yield sender


def sign(*, message_id: str, at: datetime, body: bytes, secrets: tuple[str, ...]) -> dict[str, str]:
    """The headers of Standard Webhooks; several secrets live at once while the receiver changes over. The body is UTF-8."""
    if not secrets:
        raise ValueError("Nothing is sent unsigned: at least one secret.")
    sent_at = at.astimezone(UTC)
    signatures = [standardwebhooks.Webhook(secret).sign(message_id, sent_at, body.decode()) for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(sent_at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


async def send_webhook(
    sender: Sender,
    *,
    target: Target,
    message_id: str,
    at: datetime,
    body: bytes,
    secrets: tuple[str, ...],
    answer_within_s: float = ANSWER_WITHIN_S,
) -> WebhookAnswer:
    """Posts a JSON body to a target that `resolve_target` let through; connects to the pinned address and to nothing else."""
    if len(body) > BODY_LIMIT_BYTES:
        raise ValueError("A webhook's body has at most one megabyte.")
    headers = {
        "host": _authority(target),
        "content-type": "application/json",
        "accept-encoding": "identity",
        "user-agent": "Sayso",
        "connection": "close",
        **sign(message_id=message_id, at=at, body=body, secrets=secrets),
    }
    request = httpx.Request(
        "POST",
        _pinned_url(target),
        content=body,
        headers=headers,
        extensions={"sni_hostname": target.host, "timeout": httpx.Timeout(answer_within_s).as_dict()},
    )
    try:
        async with asyncio.timeout(answer_within_s):
            return await _post(sender, request)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        return WebhookAnswer(state="unavailable", status=None, body=b"", said=f"Not reached: {type(error).__name__}")
    except (httpx.HTTPError, ssl.SSLError, TimeoutError) as error:  # httpx lets through what breaks the encryption later on
        return WebhookAnswer(state="unknown", status=None, body=b"", said=f"No answer: {type(error).__name__}")


async def _post(sender: Sender, request: httpx.Request) -> WebhookAnswer:
    answer = await sender.handle_async_request(request)
    try:
        body = b""
        async for part in answer.aiter_raw():
            body += part
            if len(body) >= ANSWER_LIMIT_BYTES:
                break
        return WebhookAnswer(state=_state(answer.status_code), status=answer.status_code, body=body[:ANSWER_LIMIT_BYTES])
    finally:
        await answer.aclose()


def _state(status: int) -> State:
    if 200 <= status < 300:
        return "confirmed"
    if status >= 500 or status in {408, 425, 429}:
        return "unavailable"
    return "refused"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _pinned_url(target: Target) -> str:
    return f"{target.scheme}://{_bracketed(target.address)}:{target.port}{target.path}"


def _authority(target: Target) -> str:
    return _bracketed(target.host) if target.port == USUAL_PORTS[target.scheme] else f"{_bracketed(target.host)}:{target.port}"
