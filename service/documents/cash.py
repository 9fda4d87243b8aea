"""Cash on paper: the hand-over with both names, and an agent's statement."""

from datetime import datetime
from uuid import UUID

from service.billing.applying import receipt_number
from service.billing.cash.custody import read_cash_statement
from service.documents.blocks import Block, figures, heading, row, sheet_of, table, text, totals
from service.documents.figures import moment, money_in
from service.documents.queries import COMPANY_TOLD, HAND_OVER_TOLD
from service.documents.records import HandOver
from service.documents.setting import Sheet
from service.documents.words import WORDS
from service.kit.refusals import NotFound
from service.kit.verbs import Work


async def read_hand_over_sheet(work: Work, *, hand_in_id: UUID) -> Sheet:
    """A hand-over of cash as PDF: who gave and who took it, when, by which notes and coins, for which receipts, and how the counts differ.

    For whoever gave or took it, and for those who may accept cash. Until it is accepted, the count is on the giver's own alone.
    """
    told = await work.one(HAND_OVER_TOLD, hand_in_id=hand_in_id)
    me = work.principal.id
    if me not in (told.staff_id, told.to_staff_id, told.accepted_by) and not work.principal.may("cash:accept"):
        raise NotFound
    return hand_over_sheet(told, counted=told.accepted_at is not None or me == told.staff_id)


def hand_over_sheet(told: HandOver, *, counted: bool) -> Sheet:
    """The sheet; without the giver's count where it is still to be counted blind."""
    language, words, money = told.language, WORDS[told.language], money_in(told.currency, told.language)
    number = f"H{receipt_number(told.hand_in_id, told.handed_in_at)[1:]}"
    blocks: list[Block] = [
        figures(
            (words["number"], number),
            (words["handed_over_by"], f"{told.staff_name}, {moment(told.handed_in_at, told.zone, language)}"),
            (words["handed_over_to"], told.to_name or words["the_office"]),
            (words["taken_over_by"], f"{told.accepted_by_name}, {moment(told.accepted_at, told.zone, language)}")
            if told.accepted_at
            else (words["taken_over_by"], words["waits_to_be_counted"]),
        )
    ]
    if counted:
        blocks += _count(told, words["count_of"].format(told.staff_name), told.pieces, told.counted_minor)
    if told.accepted_minor is not None:
        blocks += _count(told, words["count_of"].format(told.accepted_by_name), told.accepted_pieces, told.accepted_minor)
        difference = told.accepted_minor - told.counted_minor
        why = [(words["why_it_differs"], words[f"differs_{told.reason}"] + (f": {told.note}" if told.note else ""))] if told.reason else []
        blocks += [figures((words["difference"], money(difference)), *why)]
        if len(told.counts) > 1:
            blocks.append(text(words["counted_before"].format(", ".join(money(one) for one in told.counts)), kind="small"))
    if told.receipts:
        rows = [
            row(n, receipt, [moment(taken_at, told.zone, language)], [money(amount)])
            for n, (receipt, amount, taken_at) in enumerate(told.receipts, 1)
        ]
        blocks += [heading(words["receipts_since"]), table([words["receipt"], words["amount"]], rows)]
    blocks.append(text(words["signed_by_acts"], kind="small"))
    blocks.append(text(f"{words['fingerprint']}: {told.fingerprint}", kind="small"))
    return sheet_of(
        title=words["hand_over"],
        company=told.company,
        quote=number,
        language=language,
        dated_at=told.accepted_at or told.handed_in_at,
        blocks=blocks,
    )


def _count(told: HandOver, title: str, pieces: dict[str, int] | None, amount: int) -> list[Block]:
    """One count: its notes and coins where they were told, and what they come to."""
    money, words = money_in(told.currency, told.language), WORDS[told.language]
    rows = [
        row(n, money(value), [], [str(number), money(value * number)])
        for n, (value, number) in enumerate(sorted(((int(value), number) for value, number in (pieces or {}).items()), reverse=True), 1)
    ]
    listed = [table([words["piece"], words["pieces"], words["amount"]], rows)] if rows else []
    return [heading(title), *listed, totals((words["total"], money(amount)))]


async def read_cash_statement_sheet(
    work: Work, *, staff_id: UUID, currency: str, from_at: datetime | None, until_at: datetime | None
) -> Sheet:
    """An agent's statement of cash as PDF: opening, each happening with what was held after it, closing."""
    statement = await read_cash_statement(work, staff_id=staff_id, currency=currency, from_at=from_at, until_at=until_at)
    told = await work.one(COMPANY_TOLD)
    language, words, money = told.language, WORDS[told.language], money_in(currency, told.language)
    rows = [
        row(
            n,
            words[f"cash_{one.what}"] + (f" {one.reference}" if one.reference else ""),
            [moment(one.occurred_at, told.zone, language)]
            + ([words["counted_as"].format(money(one.accepted_minor))] if one.accepted_minor is not None else []),
            [_signed(money(one.amount_minor), one.amount_minor), money(one.held_minor), money(one.missing_minor)],
        )
        for n, one in enumerate(statement.lines, 1)
    ]
    blocks: list[Block] = [
        figures(
            (words["agent"], statement.name),
            (words["span"], f"{moment(statement.from_at, told.zone, language)} – {moment(statement.until_at, told.zone, language)}"),
            (words["held_before"], money(statement.opening_minor)),
            (words["missing_before"], money(statement.opening_missing_minor)) if statement.opening_missing_minor else None,
        ),
        table([words["cash_happening"], words["amount"], words["held"], words["missing"]], rows),
        totals((words["missing_after"], money(statement.closing_missing_minor)), (words["held_after"], money(statement.closing_minor))),
    ]
    return sheet_of(
        title=words["cash_statement"],
        company=told.company,
        quote=f"{statement.name}, {currency}",
        language=language,
        dated_at=statement.until_at,
        blocks=blocks,
    )


def _signed(text_of: str, minor: int) -> str:
    return f"+{text_of}" if minor > 0 else text_of
