"""How far a mailbox was read from which mail is fetched, so that nothing of it is left out or asked for over and over."""

from datetime import date

from service.care.queries import FIND_MAIL_POSITION, KEEP_MAIL_POSITION
from service.care.records.mails import MailPosition
from service.kit.verbs import Work, verb


async def find_mail_position(work: Work, *, mailbox_key: bytes) -> MailPosition | None:
    """Where to go on; None where it was never read."""
    return await work.first(FIND_MAIL_POSITION, mailbox_key=mailbox_key)


@verb()
async def keep_mail_position(work: Work, *, mailbox_key: bytes, uid_validity: int, last_uid: int, since: date) -> MailPosition:
    """Says that everything up to there is kept; `since` counts the first time."""
    return await work.run(KEEP_MAIL_POSITION, mailbox_key=mailbox_key, uid_validity=uid_validity, last_uid=last_uid, since=since)
