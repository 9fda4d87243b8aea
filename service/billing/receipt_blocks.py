"""Books of receipt numbers: set aside for a device, given without signal, each once; what becomes of each is told."""

import re
from typing import Final, NamedTuple
from uuid import UUID

from service.billing.queries.receipt_blocks import (
    FIND_NUMBER,
    GIVE_RECEIPT_NUMBER,
    LIST_RECEIPT_BLOCKS,
    RESERVE_RECEIPT_BLOCK,
    VOID_RECEIPT_NUMBERS,
)
from service.billing.records.receipt_blocks import (
    NewReceiptBlock,
    ReceiptBlock,
    ReceiptBlockLine,
    VoidedNumbers,
    VoidReceipt,
)
from service.billing.refusals import ReceiptNumberTaken
from service.kit.paging import Page
from service.kit.patterns import whole
from service.kit.refusals import IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb

_NUMBER: Final = re.compile(whole("B-([0-9]{6})-([0-9]{3})-([0-9]{2})"))


class NoNumbersForDevice(Refusal):
    """This device was revoked: it is given no receipt numbers."""

    code, status, remedy = "NO_NUMBERS_FOR_DEVICE", 409, "Sign in with the device anew."


class NumberNotInYourBlock(Refusal):
    """This receipt number isn't in a book of whoever took the money, or is misread."""

    code, status, remedy = (
        "NUMBER_NOT_IN_YOUR_BLOCK",
        422,
        "Read the number again, its last two digits are check digits; or send the payment without `receipt_number`: it then gets one of its own.",
    )
    constraints = ("billing.number_of_block", "billing.receipt_number_in_its_block", "billing.number_given_by_its_owner")


@verb(refusals=(IdTaken, NoNumbersForDevice), locks=lambda **_: (Lock.series(),))
async def reserve_receipt_block(work: Work, *, device_id: UUID, wanted: NewReceiptBlock) -> ReceiptBlock:
    """Sets a book of receipt numbers aside for a device of one's own, to be given without signal."""
    return await work.run(
        RESERVE_RECEIPT_BLOCK, device_id=device_id, staff_id=work.principal.id, block_id=wanted.id or work.new_id(), size=wanted.size
    )


@verb(locks=lambda *, block_id, **_: (Lock.day_of("billing.receipt_block", block_id),))
async def void_receipt_numbers(work: Work, *, block_id: UUID, voided: VoidedNumbers) -> VoidReceipt:
    """Says that numbers of a book will stand on no receipt, and why; who may correct payments says so of anybody's book."""
    if voided.until_serial < voided.from_serial:
        raise InvalidDocument("`until_serial` isn't below `from_serial`.")
    return await work.run(
        VOID_RECEIPT_NUMBERS,
        block_id=block_id,
        staff_id=work.principal.id,
        of_anybody=work.principal.may("payments:correct"),
        from_serial=voided.from_serial,
        until_serial=voided.until_serial,
        reason=voided.reason,
    )


async def list_receipt_blocks(work: Work, *, limit: int, cursor: str | None) -> Page[ReceiptBlockLine]:
    """Every book of receipt numbers with what became of them: given, void, missing, unused."""
    purpose = f"receipt blocks {work.organisation_id}"
    after = work.cursors.read(purpose, cursor)[0] if cursor else 0
    rows = await work.all(LIST_RECEIPT_BLOCKS, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.block,))


class NumberToGive(NamedTuple):
    """A number of a book that is about to stand on a payment's receipt."""

    block: int
    serial: int
    size: int


async def number_to_give(work: Work, *, number: str, payment_id: UUID, taker: UUID) -> NumberToGive:
    """The number, if it is in a book of the taker's and stands on no other receipt; raises NumberNotInYourBlock and ReceiptNumberTaken."""
    read = _NUMBER.fullmatch(number)
    block, serial = (int(read[1]), int(read[2])) if read else (0, 0)
    if block < 1 or serial < 1 or number_in_block(block, serial) != number:
        raise NumberNotInYourBlock
    found = await work.first(FIND_NUMBER, block=block, serial=serial, staff_id=taker)
    if found is None:
        raise NumberNotInYourBlock
    if found.told and found.payment_id != payment_id:
        raise ReceiptNumberTaken
    return NumberToGive(block, serial, found.size)


async def give(work: Work, number: NumberToGive, *, payment_id: UUID) -> None:
    """Notes in the payment's own transaction that its receipt has this number."""
    await work.part().run(GIVE_RECEIPT_NUMBER, **number._asdict(), payment_id=payment_id)


def number_in_block(block: int, serial: int) -> str:
    """Block, place and two check digits: the twin of the database's `billing.number_in_block`."""
    return f"B-{block:06d}-{serial:03d}-{98 - (block * 1000 + serial) * 100 % 97:02d}"
