"""The codes of the rule in its order, with the sentence and the remedy of each: the one place where they are worded."""

from typing import Literal, NamedTuple

import msgspec


class Reason(NamedTuple):
    """Why a line can't be billed here: which of the 14 rules, in words, what would make it acceptable, and its public codes."""

    rule: int
    detail: str
    remedy: str
    peppol: str
    """A status clarification reason of Peppol's Invoice Response (OPStatusReason)."""
    x12: str | None = None
    """A claim adjustment reason code of X12 (CARC), where one means the same."""
    offer: Literal["additional", "substitution"] | None = None
    """The kind of offer that would bring what is missing; None where no offer does."""


RULES: dict[str, Reason] = {
    "NEGATIVE_OR_ZERO_LINE": Reason(
        1, "A line's quantity is above 0, its price and discount are not below 0.", "Correct a past line by a credit note.", "QTY"
    ),
    "UNAUTHORISED_LINE": Reason(
        2,
        "The line names no item that the customer authorised.",
        "Offer it and have it approved, or bill it at 0.",
        "UNR",
        "197",
        offer="additional",
    ),
    "AUTH_NOT_FOUND": Reason(3, "There is no such item.", "Cite an item of an offer in this matter.", "REF", "15", offer="additional"),
    "AUTH_WRONG_JOB": Reason(3, "The item belongs to another matter.", "Bill it where it was authorised.", "REF", "284"),
    "AUTHORISER_NOT_ENTITLED": Reason(
        4, "Whoever agreed wasn't entitled to.", "Have the customer or their designee approve it.", "UNR", "15", offer="additional"
    ),
    "CONTACT_CHANGE_UNCONFIRMED": Reason(
        4,
        "Who agreed was reached by an address or given a say less than a day before.",
        "Have a contact of old agree, or the customer in person.",
        "UNR",
        "15",
        offer="additional",
    ),
    "AUTH_DECLINED": Reason(
        4, "The customer declined this item.", "Offer it again; only the customer can change this.", "UNR", "39", offer="additional"
    ),
    "NO_EXPRESS_CONSENT": Reason(
        4, "The customer has not said yes to this item.", "Present the offer; silence is not consent.", "UNR", "197", offer="additional"
    ),
    "NO_WRITTEN_OFFER": Reason(
        5, "The law of this place wants a written offer.", "Present the offer in writing before the work.", "LEG", "197", offer="additional"
    ),
    "AUTH_RECORD_INCOMPLETE": Reason(
        5,
        "The record of the oral consent is incomplete.",
        "Have the customer approve it again, with a full record.",
        "LEG",
        "15",
        offer="additional",
    ),
    "SUBSCRIPTION_ENDED": Reason(6, "The subscription had ended when the period was supplied.", "Open a new subscription.", "UNR", "27"),
    "WORK_BEFORE_AUTH": Reason(
        6,
        "The work began before the customer said yes.",
        "It cannot be billed here; a new authorisation covers later work only.",
        "UNR",
        "197",
    ),
    "AUTH_BACKDATED": Reason(
        6,
        "The consent was recorded too late for the work it is claimed for.",
        "It cannot be billed here; record consent at once.",
        "UNR",
        "197",
    ),
    "EMERGENCY_NO_STANDING_AUTH": Reason(
        6,
        "It was an emergency, and the customer had not authorised emergencies in advance.",
        "Show them the offer now: where the place lets the yes follow the work, correct the record with its own times and bill it.",
        "UNR",
        "40",
    ),
    "AUTH_EXPIRED": Reason(
        6,
        "The authorisation had ended when the work began.",
        "Have the customer approve it again before the work.",
        "UNR",
        "302",
        offer="additional",
    ),
    "AUTH_REVOKED": Reason(
        6, "The customer had taken the authorisation back when the work began.", "It cannot be billed here.", "UNR", "197"
    ),
    "AUTH_SUPERSEDED": Reason(
        6,
        "A later revision of the offer had replaced this item when the work began.",
        "Bill the item that the customer last approved.",
        "REF",
        "284",
    ),
    "NO_PAYMENT_DUE": Reason(
        6,
        "The customer withdrew within the days that the law gives, and had not asked for the work to begin before.",
        "It cannot be billed here; have the customer ask for the beginning where they answer.",
        "LEG",
        "197",
    ),
    "NOTICE_MISSING": Reason(
        6,
        "More than was authorised is foreseen, and the customer wasn't told of it yet as the law of the place wants.",
        "Tell them and log the notice, then post the same again.",
        "LEG",
    ),
    "CURRENCY_MISMATCH": Reason(7, "The item was authorised in another currency.", "Bill in the currency of the offer.", "PRI"),
    "TAX_BASIS_MISMATCH": Reason(7, "The item was authorised on another tax basis.", "Bill on the tax basis of the offer.", "PRI"),
    "ITEM_SUBSTITUTED": Reason(
        8,
        "It isn't the part that was authorised, nor a listed alternate.",
        "Offer the substitution and have it approved.",
        "ITM",
        "284",
        offer="substitution",
    ),
    "CONDITION_SUBSTITUTED": Reason(
        8,
        "It isn't in the condition that was authorised.",
        "Offer the substitution and have it approved.",
        "QUA",
        "284",
        offer="substitution",
    ),
    "METHOD_CHANGED": Reason(
        8, "It isn't the method that was authorised.", "Offer the change and have it approved.", "ITM", "284", offer="substitution"
    ),
    "UNIT_MISMATCH": Reason(
        9,
        "It isn't measured in the authorised unit or an exactly listed one.",
        "Bill in the offer's unit or list a conversion in it.",
        "QTY",
    ),
    "AMOUNT_MISMATCH": Reason(
        10, "The amount isn't what quantity, price and discount come to.", "Leave `amount` out, or send the server's amount.", "PRI"
    ),
    "DUPLICATE_WORK_RECORD": Reason(11, "The work is billed already.", "Credit the earlier line first, or bill other work.", "REF", "18"),
    "BILLED_OVER_PERFORMED": Reason(12, "More is billed than was done.", "Record the work, or bill no more than `allowed`.", "DEL", "112"),
    "QTY_OVER_AUTHORISED": Reason(
        13,
        "More is billed than was authorised.",
        "Bill no more than `allowed`; a new authorisation covers later work only, unless the policy takes consent after the work.",
        "QTY",
        "198",
        offer="additional",
    ),
    "PRICE_OVER_AUTHORISED": Reason(
        13,
        "The price is above the authorised one.",
        "Bill at the authorised price, or have the customer approve the new one.",
        "PRI",
        "45",
        offer="additional",
    ),
    "OVER_TOLERANCE": Reason(
        14,
        "The job comes to more over what was authorised than its policy tolerates.",
        "Bill less; a new authorisation covers later work only, unless the policy takes consent after the work.",
        "PRI",
        "198",
        offer="additional",
    ),
    "OVER_AUTHORISED": Reason(
        14,
        "The job comes to more than was authorised.",
        "Bill less; a new authorisation covers later work only, unless the policy takes consent after the work.",
        "PRI",
        "198",
        offer="additional",
    ),
    "CAP_EXCEEDED": Reason(
        14,
        "The bills of this authorisation come to more than its cap.",
        "Bill what the cap still holds, and have the customer agree to the rest.",
        "PRI",
        "198",
        offer="additional",
    ),
    "TAX_MISMATCH": Reason(14, "The tax isn't what the rates come to.", "Leave `tax_minor` out, or send the server's figure.", "LEG"),
}
"""By code."""

WAITING: dict[str, tuple[str, str]] = {
    "NOT_PERFORMED_YET": ("It isn't done yet.", "Record the work once it is done."),
    "ALREADY_BILLED": ("It is billed already.", "Credit the earlier line first, should it be billed anew."),
}
"""What a draft leaves out although no rule refused it: sentence and remedy by code."""

DONE_ALREADY = {
    False: "A yes now covers later work only; what was done without a say-so is billed at 0.",
    True: "Have the customer approve the rest; here that may come after the work.",
}
"""The remedy of what is done beyond what was agreed, by whether the policy takes consent after the work."""

SENTENCES = msgspec.json.encode({code: reason._asdict() for code, reason in RULES.items()}).decode()
"""The same for the statement that judges."""
