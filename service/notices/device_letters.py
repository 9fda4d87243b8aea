"""What a customer is told of a device of theirs that is here: that it is, news of it, that it is ready, that they have it again."""

from uuid import UUID

from service.care.custody_lists import find_custody, find_news, list_hand_overs
from service.care.loaners import find_loan, list_loans_out
from service.care.records.custody import Custody
from service.customers.customers import find_customer
from service.identity.organisations import find_organisation
from service.kit.paging import MOST
from service.kit.verbs import Work
from service.notices.letters import to_customer
from service.notices.records import Letter, Withdrawn
from service.promises.calendar import MIDNIGHT
from service.promises.policies import promise_policy_in_force


async def write_device_taken_in(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """The receipt: the device as it was taken in, with what came with it, and by when they hear; nothing once they have it again."""
    device = await find_custody(work, custody_id=subject_id)
    return Withdrawn("over") if device.state in ("handed_back", "scrapped") else await _letter(work, customer_id, device, which=0)


async def write_device_news(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """A word about it, unless it was erased since."""
    told = await find_news(work, message_id=subject_id)
    if told.words is None:
        return Withdrawn("erased")
    return await _letter(work, customer_id, await find_custody(work, custody_id=told.custody_id), which=0, words=told.words)


async def write_device_ready(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """That it can be fetched, where, and when somebody is there; nothing where it isn't ready any more."""
    device = await find_custody(work, custody_id=subject_id)
    return await _letter(work, customer_id, device, which=0) if device.state == "ready" else Withdrawn("over")


async def write_device_handed_back(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """That they have it again, as signed; and what of ours they still have."""
    return await _letter(work, customer_id, await find_custody(work, custody_id=subject_id), which=-1)


async def write_device_scrapped(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """That it was disposed of as they agreed, and how."""
    return await _letter(work, customer_id, await find_custody(work, custody_id=subject_id), which=-1)


async def write_loan(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """What of ours they have while theirs is here, and until when; nothing once it is back or retired."""
    loan = await find_loan(work, loan_id=subject_id)
    if loan is None:
        return Withdrawn("over")
    return await to_customer(work, await find_customer(work, customer_id=customer_id), {"loan": loan}, before=loan.back_by)


async def _letter(work: Work, customer_id: UUID, device: Custody, *, which: int, words: str | None = None) -> Letter:
    """With the first of its hand-overs, or the last."""
    organisation, policy = await find_organisation(work), await promise_policy_in_force(work)
    hours = [
        (weekday, _wall(opens), _wall(closes))
        for weekday, (opens, closes) in enumerate(zip(policy.opens_minute, policy.closes_minute, strict=True))
        if opens < closes
    ]
    always = all((opens, closes) == (0, MIDNIGHT) for opens, closes in zip(policy.opens_minute, policy.closes_minute, strict=True))
    values = {
        "device": device,
        "signed": (await list_hand_overs(work, custody_id=device.id, limit=MOST, cursor=None)).items[which],
        "hours": [] if always else hours,
        "address": organisation.address,
        "words": words,
        "loaners": await list_loans_out(work, customer_id=customer_id, custody_id=device.id),
    }
    return await to_customer(work, await find_customer(work, customer_id=customer_id), values)


def _wall(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
