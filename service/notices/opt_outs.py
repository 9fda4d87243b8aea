"""What customers don't want to be told, said by themselves or noted by staff; what law, safety or their own asking needs is told all the same."""

import hmac
from typing import Literal
from uuid import UUID

from service.customers.customers import find_customer
from service.identity.credentials import bytes_of, text_of
from service.kit.lists import under
from service.kit.paging import Cursors, Page
from service.kit.principals import Principal
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Work, verb
from service.notices.queries import LIST_OPT_OUTS, SET_OPT_OUT
from service.notices.records import Kind
from service.notices.rule_records import OptOut, OptOutSaid
from service.notices.rules import ABOUT

MAC = 24


def stop_token(cursors: Cursors, *, organisation_id: UUID, customer_id: UUID, kind: Kind) -> str:
    """The secret of the link by which a customer does without a kind: made from what it is about, for that alone, stored nowhere."""
    about = organisation_id.bytes + customer_id.bytes + kind.encode()
    return text_of(cursors.derived("stop", about)[:MAC] + about)


def read_stop_token(cursors: Cursors, token: str) -> tuple[Principal, Kind]:
    """The customer who speaks by it, and of which kind; raises NotFound."""
    raw = bytes_of(token) or b""
    mac, about = raw[:MAC], raw[MAC:]
    kind = about[32:].decode("ascii", "replace")
    if kind not in ABOUT or not hmac.compare_digest(mac, cursors.derived("stop", about)[:MAC]):
        raise NotFound
    organisation_id, customer_id = UUID(bytes=about[:16]), UUID(bytes=about[16:32])
    return Principal(organisation_id=organisation_id, kind="customer_link", id=customer_id, customer_id=customer_id), kind


class NoticeNeeded(Refusal):
    """Nobody can do without this notice."""

    code, status, remedy = (
        "NOTICE_NEEDED",
        409,
        "The law wants it told, somebody's safety needs it, or it is only sent when they ask for it.",
    )
    constraints = ("notices.one_opt_out_a_step",)


@under(find_customer)
async def list_opt_outs(work: Work, *, customer_id: UUID) -> Page[OptOut]:
    """What a customer said of each kind last; of the others they are told."""
    return Page(items=await work.all(LIST_OPT_OUTS, customer_id=customer_id))


@verb(refusals=(NoticeNeeded,))
async def set_opt_out(work: Work, *, customer_id: UUID, kind: Kind, out: bool, via: Literal["link", "staff"]) -> OptOutSaid:
    """Has a customer told no more of that kind, or again; what is on its way already is withdrawn as it leaves."""
    if ABOUT[kind].needed is not None or ABOUT[kind].to != "customer":
        raise NoticeNeeded
    return await work.run(SET_OPT_OUT, customer_id=customer_id, kind=kind, out=out, via=via)
