"""What goes to an address of mail that an organisation says is its own."""

from uuid import UUID

from service.care.senders import code_of_mail, find_mail_address_to_prove
from service.identity.organisations import find_organisation
from service.kit.verbs import Work
from service.notices.queries import STAFF_ADDRESS
from service.notices.records import Letter, Recipient, Withdrawn


async def write_mail_code(work: Work, *, staff_id: UUID, subject_id: UUID, code_id: UUID) -> Letter | Withdrawn:
    """The code that proves an address to be the organisation's, to that address itself; its secret is made here and stored nowhere."""
    asker = await work.first(STAFF_ADDRESS, staff_id=staff_id)
    address = await find_mail_address_to_prove(work, mail_address_id=subject_id, mail_code_id=code_id)
    if asker is None or address is None:
        return Withdrawn("used_or_expired")
    organisation = await find_organisation(work)
    values = {"organisation": organisation, "zone": organisation.zone, "asker": asker.name, "code": code_of_mail(work.cursors, code_id)}
    return Letter(Recipient(organisation.name, address), organisation.language, values)
