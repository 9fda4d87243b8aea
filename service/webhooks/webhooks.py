"""Webhooks: who is told, of what, and by which secrets they know that it was us."""

from uuid import UUID

from service.identity.api_keys import ScopeNotYours, ScopeUnknown
from service.identity.scopes import ROLES, SCOPE_OF_SUBJECT
from service.integrations.targets import TargetRefused, require_likely_target
from service.integrations.text_reading import secret_of
from service.kit.facts.reading import EVERYTHING
from service.kit.paging import Cursors, Page
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Work, verb
from service.webhooks.queries import ADD_WEBHOOK, CHANGE_WEBHOOK, FIND_WEBHOOK, LIST_WEBHOOKS, MAKE_SECRET, MOVE_WEBHOOK, PING_WEBHOOK
from service.webhooks.records import (
    Because,
    MadeSecret,
    NewSecret,
    NewWebhook,
    SecretReceipt,
    State,
    Webhook,
    WebhookChange,
    WebhookChanged,
    WebhookMoved,
)

FIRST = UUID(int=0)
READ_BY = frozenset(SCOPE_OF_SUBJECT.values()) | {EVERYTHING}
"""The scopes by which facts are read."""
TOLD = sorted(role for role, scopes in ROLES.items() if "webhooks:write" in scopes)
"""Who hears that one was paused."""


class WebhookTargetRefused(Refusal):
    """Nothing is sent to this address."""

    code, status, remedy = (
        "WEBHOOK_TARGET_REFUSED",
        422,
        "Name an `https://` address on the public Internet, port 443 or 8443, without user name or password; `reason` says what is wrong.",
    )


class WebhooksFull(Refusal):
    """There are as many webhooks as may be."""

    code, status, remedy = "WEBHOOKS_FULL", 409, "End one that nobody needs any more; fifty hear at once."
    constraints = ("webhooks.one_webhook_a_place", "webhooks.webhook_place_in_range")


class WebhookEnded(Refusal):
    """This webhook has ended for good."""

    code, status, remedy = "WEBHOOK_ENDED", 409, "Add another."
    constraints = ("webhooks.webhook_moves_as_declared",)


class WebhookPaused(Refusal):
    """This webhook is paused: nothing is sent."""

    code, status, remedy = "WEBHOOK_PAUSED", 409, "Resume it; it goes on where it stopped."


class SecretOutOfTurn(Refusal):
    """Secrets are numbered one after the other, and this isn't the next."""

    code, status, remedy = "SECRET_OUT_OF_TURN", 409, "`number` is the present one's: name the one after it, or leave it out."


def webhook_secret(cursors: Cursors, *, organisation_id: UUID, webhook_id: UUID, number: int) -> str:
    """One secret of a webhook: made of its id and the number, so that a replay shows the same one; kept nowhere."""
    return secret_of(cursors.derived("webhook", organisation_id.bytes, webhook_id.bytes, number.to_bytes(4, "big")))


def _shown(work: Work, receipt: SecretReceipt) -> MadeSecret:
    secret = webhook_secret(work.cursors, organisation_id=work.organisation_id, webhook_id=receipt.id, number=receipt.number)
    return MadeSecret(receipt.id, receipt.number, secret, receipt.former_until)


@verb(refusals=(WebhookTargetRefused, ScopeUnknown, ScopeNotYours, IdTaken, WebhooksFull), remembers=SecretReceipt, finish=_shown)
async def add_webhook(work: Work, *, new: NewWebhook, inside: frozenset[str]) -> SecretReceipt:
    """Tells a program what happens from now on, of what its scopes may read; the answer shows its first secret, which is shown nowhere else."""
    _require_target(new.url, inside=inside)
    scopes = (work.principal.scopes & READ_BY) if new.scopes is None else frozenset(new.scopes)
    if unknown := sorted(scopes - READ_BY):
        raise ScopeUnknown(scopes=unknown)
    _require_own(work, scopes)
    return await work.run(
        ADD_WEBHOOK,
        webhook_id=new.id or work.new_id(),
        url=new.url,
        description=new.description,
        kinds=sorted(set(new.kinds)),
        scopes=sorted(scopes),
    )


@verb(refusals=(WebhookTargetRefused, ScopeNotYours, WebhookEnded))
async def change_webhook(work: Work, *, webhook_id: UUID, version: int, change: WebhookChange, inside: frozenset[str]) -> WebhookChanged:
    """Sends what is still to be sent to this address, and later facts of these kinds alone."""
    _require_target(change.url, inside=inside)
    _require_own(work, frozenset((await find_webhook(work, webhook_id=webhook_id)).scopes))
    return await work.run(
        CHANGE_WEBHOOK,
        webhook_id=webhook_id,
        version=version,
        url=change.url,
        description=change.description,
        kinds=sorted(set(change.kinds)),
    )


@verb(refusals=(ScopeNotYours, SecretOutOfTurn, WebhookEnded), remembers=SecretReceipt, finish=_shown)
async def make_webhook_secret(work: Work, *, webhook_id: UUID, new: NewSecret) -> SecretReceipt:
    """Makes the next secret, shown here alone. The one before it signs too for as long as you say, any older one no longer."""
    _require_own(work, frozenset((await find_webhook(work, webhook_id=webhook_id)).scopes))
    return await work.run(MAKE_SECRET, webhook_id=webhook_id, number=new.number, former_hours=new.former_hours)


@verb(refusals=(WebhookEnded,))
async def pause_webhook(work: Work, *, webhook_id: UUID, because: Because = "by_hand", sent_to: str | None = None) -> WebhookMoved:
    """Sends nothing more until it is resumed; what waits and what happens meanwhile is kept for it. Paused already, nothing changes; nor where it is told elsewhere than `sent_to` by now."""
    return await _moved(work, webhook_id, "paused", because, sent_to=sent_to)


@verb(refusals=(WebhookEnded,))
async def resume_webhook(work: Work, *, webhook_id: UUID) -> WebhookMoved:
    """Goes on where it stopped: nothing is left out, and what waited is tried anew, with all its time."""
    return await _moved(work, webhook_id, "active", None)


@verb()
async def end_webhook(work: Work, *, webhook_id: UUID) -> WebhookMoved:
    """Sends nothing more, for good; its log stays until it is forgotten."""
    return await _moved(work, webhook_id, "ended", None)


@verb(refusals=(WebhookPaused, WebhookEnded))
async def ping_webhook(work: Work, *, webhook_id: UUID) -> WebhookMoved:
    """Sends a message of type `ping` to this one alone, the way that every message goes."""
    return await work.run(PING_WEBHOOK, webhook_id=webhook_id)


async def find_webhook(work: Work, *, webhook_id: UUID) -> Webhook:
    """One of them; raises NotFound."""
    return await work.one(FIND_WEBHOOK, webhook_id=webhook_id)


async def list_webhooks(work: Work, *, limit: int, cursor: str | None) -> Page[Webhook]:
    """Who is told, of what, and how that goes; those that ended too."""
    purpose = f"webhooks {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else FIRST
    rows = await work.all(LIST_WEBHOOKS, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def _moved(work: Work, webhook_id: UUID, to_state: State, because: Because | None, *, sent_to: str | None = None) -> WebhookMoved:
    return await work.run(MOVE_WEBHOOK, webhook_id=webhook_id, to_state=to_state, because=because, sent_to=sent_to, tells=TOLD)


def _require_target(url: str, *, inside: frozenset[str]) -> None:
    """Raises WebhookTargetRefused for what can't be sent to, whatever its name resolves to; that is judged each time it is sent."""
    try:
        require_likely_target(url, allowed=inside)
    except TargetRefused as error:
        raise WebhookTargetRefused(reason=error.reason) from None


def _require_own(work: Work, scopes: frozenset[str]) -> None:
    if beyond := sorted(scopes - work.principal.scopes):
        raise ScopeNotYours(scopes=beyond)
