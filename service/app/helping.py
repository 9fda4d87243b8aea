"""What every answer to a customer's link over the API carries, a refusal too: who can act on it, and what to quote (RFC 8288, `rel="help"`)."""

from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID

from service.customers.customers import find_customer
from service.identity.organisations import find_organisation
from service.kit.refusals import NotFound
from service.kit.verbs import Work

NOBODY = UUID(int=0)


class Help(NamedTuple):
    """Who helps a customer, and by which reference they are found."""

    phone: str
    email: str
    quoted: str

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """As an answer says it; what people wrote is written in letters that every header takes (RFC 8187)."""
        number = "".join(letter for letter in self.phone if letter in "+0123456789")
        named = f"title*=UTF-8''{quote(self.quoted, safe='')}"
        return [
            (b"link", f'<{scheme}:{at}>; rel="help"; {named}'.encode())
            for scheme, at in (("tel", number), ("mailto", quote(self.email, safe="@+")))
        ]


async def find_help(work: Work) -> Help | None:
    """Who helps whoever holds the link; None for whoever is no customer any more."""
    organisation = await find_organisation(work)
    try:
        customer = await find_customer(work, customer_id=work.principal.customer_id or NOBODY)
    except NotFound:
        return None
    return Help(organisation.phone, organisation.email, customer.quote)
