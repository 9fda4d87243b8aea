"""From which address our mail is: one of the organisation's own, proven by a code that went there and came back."""

import hmac
from datetime import timedelta
from typing import Final
from uuid import UUID

from service.care.queries import (
    COUNT_MAIL_CODES,
    FIND_MAIL_ADDRESS,
    FIND_MAIL_SENDER,
    LIVE_MAIL_CODES,
    PROVE_MAIL_ADDRESS,
    REMOVE_MAIL_SENDER,
    SEND_MAIL_CODE,
    SET_MAIL_SENDER,
)
from service.care.records.mails import MailAddressReceipt, MailCodeAsked, MailSender, NewMailProof, NewMailSender
from service.integrations.mail import MailMalformed, sender_of
from service.kit.ids import LETTERS, in_letters
from service.kit.paging import Cursors
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb

CODE_LASTS: Final = timedelta(days=1)
CODE_LENGTH: Final = 12
CODES_A_DAY: Final = 10
"""Of an organisation: each is a mail to a stranger."""
_MEANT: Final = str.maketrans("OIL", "011")


class SenderUnwritable(Refusal):
    """No mail can be from this address."""

    code, status, remedy = "SENDER_UNWRITABLE", 422, "Choose one of plain ASCII letters, such as help@company.example."


class AddressUnproven(Refusal):
    """Nobody has shown yet that this address is yours."""

    code, status, remedy = (
        "ADDRESS_UNPROVEN",
        409,
        "Have a code sent there (`POST /v1/mail-addresses/{mail_address_id}/code`), and send it back (`…/proof`).",
    )


class MailCodesUsedUp(Refusal):
    """Ten codes were sent within a day."""

    code, status, remedy, retry_after = (
        "MAIL_CODES_USED_UP",
        429,
        "Send one of those that were mailed, or wait as long as `Retry-After` says.",
        86_400,
    )


class MailCodeWrong(Refusal):
    """This isn't a code that went to this address within a day."""

    code, status, remedy = (
        "MAIL_CODE_WRONG",
        422,
        "Send the code as it stands in the last mail that went to the address, or have another one sent.",
    )


class PersonNeeded(Refusal):
    """A code is sent for a person."""

    code, status, remedy = "PERSON_NEEDED", 403, "Sign in as a member of staff; a key reads no mail."


def code_of_mail(cursors: Cursors, mail_code_id: UUID) -> str:
    """The secret that goes to an address: made from its id, the same each time, stored nowhere. Sixty bits, in three groups to be typed."""
    letters = in_letters(int.from_bytes(cursors.derived("mail code", mail_code_id.bytes)), CODE_LENGTH)
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LENGTH, 4))


@verb(refusals=(PersonNeeded, SenderUnwritable, MailCodesUsedUp), locks=lambda **_: (Lock.series(),))
async def send_mail_code(work: Work, *, mail_address_id: UUID) -> MailCodeAsked:
    """Mails a code to an address that is said to be yours: whoever reads mail there can prove it."""
    if work.principal.kind != "staff":
        raise PersonNeeded
    await _writable(work, mail_address_id=mail_address_id, name="")
    if await work.one(COUNT_MAIL_CODES, since=work.at - CODE_LASTS) >= CODES_A_DAY:
        raise MailCodesUsedUp
    return await work.run(
        SEND_MAIL_CODE,
        mail_address_id=mail_address_id,
        mail_code_id=work.new_id(),
        staff_id=work.principal.id,
        expires_at=work.at + CODE_LASTS,
    )


@verb(refusals=(MailCodeWrong,))
async def prove_mail_address(work: Work, *, mail_address_id: UUID, proof: NewMailProof) -> MailAddressReceipt:
    """Shows that the address is yours, by a code that went there within a day; from then on mail can be from it."""
    await work.one(FIND_MAIL_ADDRESS, mail_address_id=mail_address_id)
    said = "".join(letter for letter in proof.code.upper().translate(_MEANT) if letter in LETTERS)
    for mail_code_id in await work.all(LIVE_MAIL_CODES, mail_address_id=mail_address_id, since=work.at - CODE_LASTS):
        if hmac.compare_digest(code_of_mail(work.cursors, mail_code_id).replace("-", ""), said):
            return await work.run(PROVE_MAIL_ADDRESS, mail_address_id=mail_address_id, mail_code_id=mail_code_id)
    raise MailCodeWrong


@verb(refusals=(SenderUnwritable, AddressUnproven))
async def send_from_address(work: Work, *, mail_address_id: UUID, sender: NewMailSender) -> MailAddressReceipt:
    """Sends mail from this address and by this name from now on: one that was proven, and that takes mail in, so that what comes back is heard of."""
    await _writable(work, mail_address_id=mail_address_id, name=sender.name)
    return await work.run(SET_MAIL_SENDER, mail_address_id=mail_address_id, name=sender.name)


@verb()
async def send_from_operator(work: Work, *, mail_address_id: UUID) -> MailAddressReceipt:
    """Sends mail from this address no more: it is from the operator's own again."""
    return await work.run(REMOVE_MAIL_SENDER, mail_address_id=mail_address_id)


async def find_mail_sender(work: Work) -> MailSender | None:
    """From whom our mail is; None where that wasn't said: then from the operator's address."""
    return await work.first(FIND_MAIL_SENDER)


async def find_mail_address_to_prove(work: Work, *, mail_address_id: UUID, mail_code_id: UUID) -> str | None:
    """The address that a code goes to; None once the code isn't good any more."""
    if mail_code_id not in await work.all(LIVE_MAIL_CODES, mail_address_id=mail_address_id, since=work.at - CODE_LASTS):
        return None
    return await work.first(FIND_MAIL_ADDRESS, mail_address_id=mail_address_id)


async def _writable(work: Work, *, mail_address_id: UUID, name: str) -> None:
    """Raises NotFound, SenderUnwritable."""
    address = await work.one(FIND_MAIL_ADDRESS, mail_address_id=mail_address_id)
    try:
        sender_of(name=name, address=address)
    except MailMalformed:
        raise SenderUnwritable from None
