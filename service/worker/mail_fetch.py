"""Mail for cases is fetched from a mailbox by IMAP: kept as the door for mail keeps it, then it is noted how far the mailbox was read."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from email.utils import parseaddr
from typing import Any
from uuid import UUID

import structlog

from service.care.mailboxes import find_mail_position, keep_mail_position
from service.care.mails import owner_of_address
from service.care.records.mails import MailPosition
from service.integrations.bounces import read_report
from service.integrations.imap import MailboxSilent, OpenMailbox, RemoteMailbox, open_mailbox
from service.integrations.mail_reading import parsed, read_mail
from service.kit.database import Database
from service.kit.ids import uuid7
from service.kit.principals import Principal
from service.kit.refusals import Refusal
from service.kit.tasks.registry import WORKER
from service.worker.mail_door import take_in

LOG = structlog.get_logger("mail_fetch")


class NobodysMailbox(Exception):
    """No organisation takes mail in at that address."""


async def fetch_mail(
    database: Database, *, mailbox: RemoteMailbox, address: str, clock: Callable[[], datetime], since: date | None = None
) -> int:
    """Takes in what came since, for the organisation of that address, and says how many mails that were.

    Raises NobodysMailbox, MailboxSilent and Refusal; whatever stops it, the next time goes on where this one kept its last mail, and what was
    kept without being noted is known again.
    """
    organisation_id = await owner_of_address(database, address=address)
    if organisation_id is None:
        raise NobodysMailbox(f"Nobody takes mail in at {address}: name it by `POST /v1/mail-addresses`.")
    async with open_mailbox(mailbox) as opened:
        position = await database.read(
            find_mail_position, values={"mailbox_key": mailbox.key}, **_asked(database, organisation_id, clock())
        )
        if position is None or position.uid_validity != opened.uid_validity:
            first = position.since if position else since or clock().date()
            position = MailPosition(opened.uid_validity, 0, first)
            await _note(database, organisation_id, mailbox, position, clock())
        numbers = await opened.numbers(after=position.last_uid, since=position.since)
        for number in numbers:
            await _take(database, organisation_id, opened, number, clock())
            await _note(database, organisation_id, mailbox, MailPosition(opened.uid_validity, number, position.since), clock())
    return len(numbers)


async def keep_fetching(
    database: Database,
    *,
    mailbox: RemoteMailbox,
    address: str,
    clock: Callable[[], datetime],
    pause_seconds: int,
    since: date | None = None,
) -> None:
    """Fetches for as long as it isn't cancelled; what fails is said, and tried again."""
    while True:
        try:
            if taken := await fetch_mail(database, mailbox=mailbox, address=address, clock=clock, since=since):
                LOG.info("mail_fetched", mails=taken)
        except (MailboxSilent, NobodysMailbox) as error:
            LOG.warning("mail_not_fetched", reason=str(error))
        except Refusal as refusal:
            LOG.warning("mail_not_taken_in", code=refusal.code)
        await asyncio.sleep(pause_seconds)


async def _take(database: Database, organisation_id: UUID, opened: OpenMailbox, number: int, at: datetime) -> None:
    content = await opened.content(number)
    if content is None:
        return
    mail = await asyncio.to_thread(read_mail, content, envelope_sender=await asyncio.to_thread(_envelope_sender, content))
    await take_in(database, organisation_id, mail, await asyncio.to_thread(read_report, content), at=at)


def _envelope_sender(content: bytes) -> str:
    """Whom the mail server says that it is from (RFC 5321, section 4.4); somebody, where it doesn't say: only `<>` is nobody's."""
    head = parsed(content.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n")
    told = None if head is None else head.get("Return-Path")
    return "unknown" if told is None else parseaddr(str(told))[1]


async def _note(database: Database, organisation_id: UUID, mailbox: RemoteMailbox, position: MailPosition, at: datetime) -> None:
    values = {"mailbox_key": mailbox.key, "uid_validity": position.uid_validity, "last_uid": position.last_uid, "since": position.since}
    await database.perform(keep_mail_position, remember=None, values=values, **_asked(database, organisation_id, at))


def _asked(database: Database, organisation_id: UUID, at: datetime) -> dict[str, Any]:
    principal = Principal(organisation_id=organisation_id, kind="system", id=WORKER)
    return {"principal": principal, "at": at, "request_id": uuid7(at=at, randomness=database.randomness)}
