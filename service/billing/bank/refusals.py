"""What the bank's files and lines are refused for."""

from service.kit.refusals import Refusal


class StatementRefused(Refusal):
    """This file can't be read, and nothing of it was taken in."""

    code, status, remedy = (
        "BANK_FILE_UNREADABLE",
        422,
        "`line` is the line of the file, `reason` what is wrong there. Ask the bank for the file again.",
    )


class BankAccountUnknown(Refusal):
    """This statement is of an account that isn't known here."""

    code, status, remedy = "BANK_ACCOUNT_UNKNOWN", 422, "Add the account with this `number` and `currency` first: `POST /v1/bank/accounts`."
    constraints = ("billing.bank_statement_of_account",)


class StatementGap(Refusal):
    """This statement doesn't begin where the last one ended."""

    code, status, remedy = (
        "BANK_STATEMENT_GAP",
        409,
        "Import what is missing between `last_on` and this one first; if the bank has none, send the file again with a `gap_reason`.",
    )
    constraints = ("billing.bank_gap_has_its_reason",)


class StatementTooOld(Refusal):
    """A later statement of this account is here already, and this one isn't among those before it."""

    code, status, remedy = (
        "BANK_STATEMENT_TOO_OLD",
        409,
        "Statements are taken in by day. Compare this one with those that are here: `GET /v1/bank/statements`.",
    )
    constraints = ("billing.bank_statement_follows", "billing.one_bank_statement_a_step")


class StatementToldBefore(Refusal):
    """All that this statement tells stands in one that is here already, and its balances bring nothing new."""

    code, status, remedy = (
        "BANK_STATEMENT_TOLD_BEFORE",
        409,
        "Nothing is to be done; compare `GET /v1/bank/statements`. Where they are other payments, without the bank's references, send it with a `gap_reason`.",
    )


class LineMatched(Refusal):
    """No more of this line is open."""

    code, status, remedy = "BANK_LINE_MATCHED", 409, "Read the line; undo what was made of it first."
    constraints = ("billing.line_matched_within_its_amount", "billing.bank_step_undone_once")


class MatchUnclear(Refusal):
    """A line that came in is matched by `parts` or by a payment that was told before, by cash taken to the bank or a payout; one that went out by the payment or the refund that it is."""

    code, status, remedy = (
        "BANK_MATCH_UNCLEAR",
        422,
        "Send `parts`, `payment_id`, `refund_id`, `deposit_id`, `deposit_ids` or `payout_id`: exactly one, and as the line's direction asks; `kept_minor` with a payout alone.",
    )
    constraints = (
        "billing.bank_step_says_what_it_is",
        "billing.own_money_seen_once",
        "billing.bank_sighting_pkey",
        "billing.sighting_follows",
    )


class MatchDiffers(Refusal):
    """The line isn't of the amount or the currency of what it is to be."""

    code, status, remedy = "BANK_MATCH_DIFFERS", 409, "Match the line to what has its amount, or split it."


class SentBackSince(Refusal):
    """A later line shows that this payout went back."""

    code, status, remedy = "PAYOUT_SENT_BACK", 409, "Undo the line by which it went back first."
    constraints = ("billing.payout_in_and_out_by_turns",)


class LineStoodOn(Refusal):
    """Another line shows what became of this one's money."""

    code, status, remedy = "BANK_LINE_STOOD_ON", 409, "Undo the line that `line_id` names first."


class NothingToUndo(Refusal):
    """Nothing of this line stands."""

    code, status, remedy = "BANK_NOTHING_TO_UNDO", 409, "Read the line."


class DifferenceSettled(Refusal):
    """What the bank counted otherwise of this deposit was settled since."""

    code, status, remedy = (
        "DIFFERENCE_SETTLED",
        409,
        "Leave the match as it is: read what became of the difference (`GET /v1/cash/differences?settled=true`).",
    )
    constraints = ("billing.settled_difference_stays",)
