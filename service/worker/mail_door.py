"""The door at which mail for cases comes in, by SMTP (RFC 5321): what is answered 250 is committed, and what can't be kept is asked for again."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from service.care.cases import CaseMerged
from service.care.mails import owner_of_address, place_mail, take_mail_in
from service.care.records.mails import MailPlace
from service.integrations.bounces import Report, read_report
from service.integrations.mail_reading import ReadMail, read_mail
from service.kit.database import Database
from service.kit.ids import uuid7
from service.kit.principals import Principal
from service.kit.refusals import Refusal
from service.kit.tasks.registry import WORKER
from service.notices.reach import notice_bounced
from service.notices.reach_records import Bounce

LOG = structlog.get_logger("mail_door")
MOST_BYTES = 25 << 20
MOST_RECIPIENTS = 20
MOST_CONNECTIONS = 40
"""Each may hold a mail of the full size while it is read."""
AT_ONCE = 4
"""Mails that are read at a time: each may be large."""
TIMEOUT_SECONDS = 60
NOBODY = "<>"
"""Whom reports and answers of machines are from, as aiosmtpd says it."""
UNKNOWN = "550 5.1.1 Nobody here takes mail for this address"
LATER = "451 4.3.0 Not now; please come back"


class Protocol(SMTP):
    """Takes longer lines than a thousand letters: many a program writes markup in one (RFC 5321, section 4.5.3.1)."""

    line_length_limit = 1 << 20

    def __init__(self, door: "MailDoor", **options: Any) -> None:
        super().__init__(door, **options)
        self._open = door.connections

    def connection_made(self, transport: Any) -> None:
        """Whoever comes while too many are here is asked to come back. A transport of uvloop's is none of asyncio's classes."""
        super().connection_made(transport)
        self._open.add(self)
        if len(self._open) > MOST_CONNECTIONS:
            transport.write(b"421 4.3.2 Too many connections; please come back\r\n")
            transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        self._open.discard(self)
        super().connection_lost(error)


class MailDoor:
    """What aiosmtpd asks while a client speaks."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime] | None = None) -> None:
        self._database = database
        self._clock = clock or (lambda: datetime.now(UTC))
        self._reading = asyncio.Semaphore(AT_ONCE)
        self.connections: set[Protocol] = set()

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802 — aiosmtpd's
        """Takes only addresses that an organisation set."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            owner = await owner_of_address(self._database, address=address)
        except Refusal:
            return LATER
        if owner is None:
            return UNKNOWN
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 — aiosmtpd's
        """Keeps the mail for each organisation that it is for, then says so."""
        content = envelope.original_content or b""
        async with self._reading:
            try:
                mail = await asyncio.to_thread(read_mail, content, envelope_sender=(envelope.mail_from or "").removeprefix(NOBODY))
                reports = await asyncio.to_thread(read_report, content)
                found = {await owner_of_address(self._database, address=address) for address in envelope.rcpt_tos}
                owners = sorted(one for one in found if one is not None)
                if not owners:
                    return UNKNOWN
                for organisation_id in owners:
                    await take_in(self._database, organisation_id, mail, reports, at=self._clock())
            except Refusal as refusal:
                LOG.warning("mail_not_taken_in", code=refusal.code)
                return LATER
        return "250 OK"

    async def handle_exception(self, error: Exception) -> str:
        """What no mail should cause is the operator's to see; the sender comes back."""
        LOG.error("mail_door_failed", exc_info=error)
        return LATER


async def take_in(database: Database, organisation_id: UUID, mail: ReadMail, reports: list[Report], *, at: datetime) -> None:
    """Keeps the mail in its place, once, and what its place never takes as nobody known's, for a person to see; a report of what became of a notice of theirs is kept there instead, and waits for nobody. Raises Refusal."""
    principal = Principal(organisation_id=organisation_id, kind="system", id=WORKER)
    asked: dict[str, Any] = {"principal": principal, "at": at, "request_id": uuid7(at=at, randomness=database.randomness)}
    theirs = [report for report in reports if report.of_ours(database.cursors, organisation_id=organisation_id)]
    told = [await _tell(database, report, asked) for report in theirs]
    if any(told):
        return
    place = await database.read(place_mail, values={"mail": mail}, **asked)
    if place.taken_id is None:
        try:
            await database.perform(take_mail_in, remember=None, values={"mail": mail, "place": place}, **asked)
        except Refusal as refusal:
            if _passes(refusal):
                raise
            LOG.warning("mail_not_taken_by_its_place", code=refusal.code)
            await database.perform(take_mail_in, remember=None, values={"mail": mail, "place": MailPlace()}, **asked)


def _passes(refusal: Refusal) -> bool:
    """Whether trying again may help; a case that was merged meanwhile is found in the other one."""
    return refusal.retry_after is not None or isinstance(refusal, CaseMerged)


async def _tell(database: Database, report: Report, asked: dict[str, Any]) -> bool:
    """Whether it says what became of a notice that is known."""
    if report.outcome is None:
        return False
    bounce = Bounce(outcome=report.outcome, status=report.status, way=report.way)
    try:
        await database.perform(notice_bounced, remember=None, values={"notice_id": report.notice_id, "bounce": bounce}, **asked)
    except Refusal as refusal:
        if _passes(refusal):
            raise
        return False  # what it is about isn't known, or takes no more: a mail like another
    return True


@asynccontextmanager
async def open_mail_door(
    database: Database, *, host: str, port: int, tls: ssl.SSLContext | None = None, clock: Callable[[], datetime] | None = None
) -> AsyncIterator[int]:
    """The door, for as long as this block lives; yields its port (0 takes a free one)."""
    door = MailDoor(database, clock=clock)

    def talk() -> Protocol:
        return Protocol(door, data_size_limit=MOST_BYTES, enable_SMTPUTF8=True, ident="Sayso", timeout=TIMEOUT_SECONDS, tls_context=tls)

    server = await asyncio.get_running_loop().create_server(talk, host, port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
