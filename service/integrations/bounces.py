"""Reads what mail servers say of a mail later: delivery reports (RFC 3464), of which nothing is believed but what they are about, and that by a mark."""

import hmac
import re
from email.message import EmailMessage, Message
from typing import Literal
from uuid import UUID

import msgspec

from service.integrations.mail import notice_mark
from service.integrations.mail_reading import UNREADABLE, parsed
from service.kit.paging import Cursors

REPORT_LIMIT_BYTES = 1 << 20
MOST_RECIPIENTS = 50
Action = Literal["failed", "delayed", "delivered", "relayed", "expanded"]
Outcome = Literal["delivered", "bounced"]
_OUTCOMES: dict[Action, Outcome | None] = {
    "failed": "bounced",
    "delayed": None,
    "delivered": "delivered",
    "relayed": None,
    "expanded": None,
}
_STATUS = re.compile(r"^\s*([245])\.(\d{1,3})\.(\d{1,3})(?!\d)")
_ID, _WAY_AND_MARK = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", r"([1-9]\d?){}([0-9a-f]{{32}})"
_NOTICE = re.compile(rf"\s*{_ID}/{_ID}/{_WAY_AND_MARK.format('/')}\s*", re.ASCII)
_MESSAGE_ID = re.compile(rf"<{_ID}\.{_WAY_AND_MARK.format('[.]')}@[^<>\s]+>", re.ASCII)


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one mail for one recipient."""

    organisation_id: UUID | None
    """Whose mail it was, where our own header was given back; else whoever reads it knows by where it came."""
    notice_id: UUID
    way: int
    mark: str
    """Of the mail that was given back: see `of_ours`."""
    recipient: str
    action: Action
    status: str
    """RFC 3463: `5.…` for good, `4.…` for now."""

    def of_ours(self, cursors: Cursors, *, organisation_id: UUID) -> bool:
        """Whether whoever reports had that mail of that organisation's before them: by the notice's id alone nobody says what became of it."""
        ours = notice_mark(cursors, organisation_id=organisation_id, notice_id=self.notice_id, way=self.way)
        return self.organisation_id in {None, organisation_id} and hmac.compare_digest(self.mark, ours)

    @property
    def outcome(self) -> Outcome | None:
        """What it means for the notice; None while it isn't decided: later, or handed on to where nobody reports from."""
        return _OUTCOMES[self.action]

    @property
    def lasting(self) -> bool:
        """Whether the address itself is at fault (RFC 3463, 5.1.…), so that nothing will ever reach it."""
        return self.action == "failed" and self.status.startswith("5.1.")


def read_report(content: bytes) -> list[Report]:
    """What a delivery report says of one of our mails, by recipient; empty where it is none, or not about ours. Never raises."""
    if len(content) > REPORT_LIMIT_BYTES:
        return []
    try:
        message = parsed(content)
        if (
            message is None
            or message.get_content_type() != "multipart/report"
            or str(message.get_param("report-type", "")).lower() != "delivery-status"
        ):
            return []
        about = _about(message)
        if about is None:
            return []
        blocks = [block for part in message.walk() if part.get_content_type() == "message/delivery-status" for block in _blocks(part)]
        reports = [_report(block, *about) for block in blocks[: MOST_RECIPIENTS + 1]]
    except UNREADABLE:  # whatever a stranger wrote that isn't mail
        return []
    return [report for report in reports if report is not None][:MOST_RECIPIENTS]


def _about(message: EmailMessage | Message) -> tuple[UUID | None, UUID, int, str] | None:
    """Which notice by which way: by our own header in what was given back, else by the Message-ID that we gave it."""
    for part in message.walk():
        if part.get_content_type() not in {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}:
            continue
        inner = part.get_payload()
        given_back = inner[0] if isinstance(inner, list) and inner else parsed(_text(part))
        if not isinstance(given_back, Message):
            continue
        if ours := _NOTICE.fullmatch(str(given_back.get("Sayso-Notice", ""))):
            return UUID(ours[1]), UUID(ours[2]), int(ours[3]), ours[4]
        if named := _MESSAGE_ID.search(str(given_back.get("Message-ID", ""))):
            return None, UUID(named[1]), int(named[2]), named[3]
    return None


def _blocks(part: Message) -> list[Message]:
    """The groups of fields: one about the mail, then one a recipient."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _report(block: Message, organisation_id: UUID | None, notice_id: UUID, way: int, mark: str) -> Report | None:
    said, status = str(block.get("Action", "")).strip().lower(), _STATUS.match(str(block.get("Status", "")))
    action = next((one for one in _OUTCOMES if one == said), None)
    if action is None or status is None:
        return None
    whom = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "").partition(";")[2].strip()
    return Report(
        organisation_id=organisation_id,
        notice_id=notice_id,
        way=way,
        mark=mark,
        recipient=whom[:320],
        action=action,
        status=".".join(status.groups()),
    )


def _text(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
