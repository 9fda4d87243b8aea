"""The bank's lines as an accountant goes through them: the one at hand and what it may be, by the keyboard alone or by plain forms."""

import hashlib
import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from service.billing.bank.candidates import suggest_for_line
from service.billing.bank.lines import dismiss_line, match_line, match_of, undo_line
from service.billing.bank.looking import count_bank_lines, find_bank_line, list_bank_lines
from service.billing.bank.own_candidates import words_in
from service.billing.cash.deposits import list_deposits
from service.billing.provider.payouts import list_payouts
from service.billing.records.bank import BankLine, BankLineFilter, Doubt, LineCounts, Match, MatchPart, NotAPayment, Suggestion
from service.billing.records.deposits import Deposit
from service.billing.records.payouts import PayoutSummary
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import MOST
from service.kit.refusals import InvalidDocument, NotFound, Refusal
from service.kit.verbs import Work
from service.kit.words import marked
from service.web.cash_words import DIFFERENCE_REASONS
from service.web.day.cash import minor_of
from service.web.forms import converted, invoice_named
from service.web.guard import from_our_own_page
from service.web.pages import SCRIPTED, page
from service.web.refusal_words import said_to_people

LONGEST_TEXT = 200
ROWS_OF_A_SPLIT = 4
MOST_DEPOSITS = 50
MOST_DIGITS = 16
LARGEST_FEE = 10
"""A fee is at most a tenth of the whole: else it is another payout."""
RULES = {
    "told_before": marked("told by hand before, under the bank's reference"),
    "creditor_reference": marked("names the reference printed on the invoice"),
    "end_to_end_id": marked("its end-to-end id is the invoice"),
    "invoice_number": marked("names the invoice"),
    "known_payer": marked("this account has paid for them before"),
    "returned": marked("takes back what came in with the same reference"),
    "subset_sum": marked("these invoices come to the amount"),
    "name": marked("the name is alike"),
    "amount": marked("of the same amount, and nothing else says so"),
    "deposit_slip": marked("names the deposit slip"),
    "deposit_amount": marked("cash of this amount is on its way to the bank"),
    "cheque_number": marked("names the cheque"),
    "cheque_amount": marked("a cheque of this amount, or a part of several, is on its way"),
    "payout_reference": marked("names the payout"),
    "payout_amount": marked("a payout of this amount is about that day"),
    "hand": marked("by hand"),
}
REASONS = {
    "bank_fees": marked("bank fees"),
    "interest": marked("interest"),
    "own_transfer": marked("our own transfer"),
    "payout": marked("payout that the card provider didn’t tell of"),
    "supplier": marked("supplier"),
    "wages": marked("wages"),
    "taxes": marked("taxes"),
    "loan": marked("loan"),
    "told_before": marked("the bank told this before"),
    "other": marked("something else"),
}
DOUBTS: dict[Doubt, str] = {
    "another_statement": marked(
        "An equal entry of that day stands in another statement, so nothing is made of this one by itself. If it is the same money, say that the bank told it before."
    ),
    "told_otherwise": marked(
        "The bank may have told this money before, in other words or in other parts, so nothing is made of it by itself. If it is the same money, say that the bank told it before."
    ),
}


class SuggestionChanged(Refusal):
    """What was suggested isn't what the line may be any more; nothing was posted."""

    code, status, remedy = "BANK_SUGGESTION_CHANGED", 409, "Look at the line as it is now."


class BankShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    counts: LineCounts
    lines: list[BankLine]
    there_are_more: bool
    line: BankLine | None
    """The one at hand."""
    suggestions: list[Suggestion]
    on_their_way: list[Deposit]
    """Cash of which the line may hold several."""
    larger_payouts: list[PayoutSummary]
    """Of which the bank may have kept a fee."""
    last: BankLine | None
    """The one that something was just made of."""


@get("/app/bank", opt={"scope": "bank:read"}, include_in_schema=False)
async def show_bank(
    call: NamedDependency[Call[Any]], line: FromQuery[UUID | None] = None, after: FromQuery[UUID | None] = None, text: FromQuery[str] = ""
) -> Response[str]:
    """Lines that wait for a person, the one at hand with what it may be, and the one that was just done."""
    return await _bank_page(call, line_id=line, after=after, text=text)


@post("/app/bank/lines/{line_id:uuid}", opt={"scope": "bank:write"}, include_in_schema=False)
async def act_on_line(line_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Accepts a suggestion as it was shown, splits, says what is no payment, or undoes; then the next line is at hand."""
    from_our_own_page(call.request)
    form = await call.request.form()
    text = str(form.get("text", ""))
    try:
        left = await _act(call, line_id, form)
    except NotFound:
        raise
    except Refusal as refusal:
        return await _bank_page(call, line_id=line_id, text=text, refusal=refusal)
    where = {"after": str(line_id), **({"text": text} if text else {})} | ({"line": str(line_id)} if left else {})
    return Redirect(f"/app/bank?{urlencode(where)}#at-hand", status_code=303)


async def look_at_bank(work: Work, *, line_id: UUID | None, after: UUID | None, text: str) -> BankShown:
    """The lines that wait and the one at hand: the named one, else the next after the one that was done, else the first; in one snapshot."""
    waiting = await list_bank_lines(work, wanted=BankLineFilter(state="waiting", text=text or None), limit=MOST, cursor=None)
    last = None if after is None else await find_bank_line(work, line_id=after)
    line = await find_bank_line(work, line_id=line_id) if line_id else next_of(list(waiting.items), last)
    return BankShown(
        organisation=await find_organisation(work),
        counts=await count_bank_lines(work),
        lines=list(waiting.items),
        there_are_more=waiting.next is not None,
        line=line,
        suggestions=(await suggest_for_line(work, line_id=line.id)).items if line else [],
        on_their_way=await _on_their_way(work, line) if line and line.amount_minor > 0 and line.state == "waiting" else [],
        larger_payouts=await _larger_payouts(work, line) if line and line.amount_minor > 0 and line.state == "waiting" else [],
        last=last,
    )


async def _on_their_way(work: Work, line: BankLine) -> list[Deposit]:
    """Deposits of the line's currency that nobody has told the arrival of, as many as one match takes."""
    told = await list_deposits(work, slip=None, arrived=False, limit=MOST_DEPOSITS, cursor=None)
    return [one for one in told.items if one.amount.currency == line.currency]


async def _larger_payouts(work: Work, line: BankLine) -> list[PayoutSummary]:
    """Payouts of which no line is known yet and that come to a little more than this one."""
    told = await list_payouts(work, limit=MOST_DEPOSITS, cursor=None)
    return [
        one
        for one in told.items
        if not one.in_bank
        and one.status not in {"failed", "canceled"}
        and one.amount.currency == line.currency
        and 0 < (one.amount.amount - line.open_minor) * LARGEST_FEE <= one.amount.amount
    ]


def names(line: BankLine, slip: str) -> bool:
    """Whether the bank's words name a slip, however it writes it."""
    return re.sub(r"[^0-9A-Z]", "", slip.upper()) in words_in(line)


def next_of(lines: list[BankLine], last: BankLine | None) -> BankLine | None:
    """The first line that waits behind the last one, else the first of all."""
    behind = [one for one in lines if last is not None and (one.booked_on, one.id) > (last.booked_on, last.id)]
    return next(iter([*behind, *lines]), None)


def seen_as(suggestion: Suggestion) -> str:
    """What names exactly this suggestion in its form."""
    return hashlib.sha256(msgspec.json.encode(suggestion)).hexdigest()


async def _act(call: Call[Any], line_id: UUID, form: FormMultiDict) -> bool:
    """Does what the form asks; whether the line is to stay at hand."""
    match str(form.get("act", "")):
        case "accept":
            seen = str(form.get("seen", ""))
            found = await call.ask(suggest_for_line, line_id=line_id)
            chosen = next((one for one in found.items if seen_as(one) == seen), None)
            if chosen is None:
                raise SuggestionChanged
            match = match_of(chosen)
            if chosen.deposit_id is not None:  # which the bank may have counted otherwise
                match = converted({"deposit_id": chosen.deposit_id, "rule": chosen.rule, **_said(form)}, Match)
            moved = await call.do(match_line, line_id=line_id, match=match)
        case "split":
            moved = await call.do(match_line, line_id=line_id, match=Match(parts=await _parts_of(call, line_id, form)))
        case "deposits":
            match = converted({"deposit_ids": [str(one) for one in form.getall("deposit", [])]}, Match)
            moved = await call.do(match_line, line_id=line_id, match=match)
        case "payout":
            line: BankLine = await call.ask(find_bank_line, line_id=line_id)
            payout_id, _, amount = str(form.get("payout", "")).partition(" ")
            kept = int(amount) - line.open_minor if amount.isascii() and amount.isdigit() and len(amount) < MOST_DIGITS else 0
            moved = await call.do(match_line, line_id=line_id, match=converted({"payout_id": payout_id, "kept_minor": max(kept, 0)}, Match))
        case "dismiss":
            told = converted(_said(form), NotAPayment)
            moved = await call.do(dismiss_line, line_id=line_id, what=told)
        case "undo":
            moved = await call.do(undo_line, line_id=line_id)
        case _:
            raise InvalidDocument("Say what is to be done.")
    return any(one.id == line_id and one.open_minor > 0 for one in moved.lines)


def _said(form: FormMultiDict) -> dict[str, Any]:
    """Why, as far as it was filled in."""
    return {name: form[name] for name in ("reason", "note") if form.get(name)}


async def _parts_of(call: Call[Any], line_id: UUID, form: FormMultiDict) -> list[MatchPart]:
    line: BankLine = await call.ask(find_bank_line, line_id=line_id)
    rows = zip(form.getall("number", []), form.getall("amount", []), strict=False)
    parts = []
    for number, amount in ((str(number).strip(), str(amount).strip()) for number, amount in rows):
        if number or amount:
            invoice = await invoice_named(call, number)
            parts.append(MatchPart(amount_minor=minor_of(amount, line.currency), invoice_id=invoice.invoice_id))
    return parts


async def _bank_page(
    call: Call[Any], *, line_id: UUID | None, after: UUID | None = None, text: str = "", refusal: Refusal | None = None
) -> Response[str]:
    wanted = " ".join(text.replace("\0", " ").split())[:LONGEST_TEXT]
    shown: BankShown = await call.ask(look_at_bank, line_id=line_id, after=after, text=wanted)
    at = next((at for at, one in enumerate(shown.lines) if shown.line and one.id == shown.line.id), None)
    return page(
        "bank.html",
        language=shown.organisation.language,
        status=200 if refusal is None else refusal.status,
        headers=SCRIPTED,
        organisation=shown.organisation,
        shown=shown,
        suggestions=[(one, seen_as(one)) for one in shown.suggestions],
        before=shown.lines[at - 1] if at else None,
        behind=shown.lines[at + 1] if at is not None and at + 1 < len(shown.lines) else None,
        rules=RULES,
        reasons=REASONS,
        doubts=DOUBTS,
        differences=DIFFERENCE_REASONS,
        rows=range(ROWS_OF_A_SPLIT),
        named=[one.id for one in shown.on_their_way if shown.line and names(shown.line, one.slip)],
        text=wanted,
        may_write=call.principal.may("bank:write"),
        may_see_customers=call.principal.may("timeline:read"),
        refused=None if refusal is None else said_to_people(refusal, language=shown.organisation.language),
        reference=None if shown.line is None else str(shown.line.id)[-12:],
    )


ROUTES: list[Any] = [show_bank, act_on_line]
