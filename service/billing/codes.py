"""The codes of the rule in its order, with the sentence and the remedy of each: the one place where they are worded."""

import msgspec

RULES: dict[str, tuple[int, str, str]] = {
    "NEGATIVE_OR_ZERO_LINE": (
        1,
        "A line's quantity is above 0, its price and discount are not below 0.",
        "Correct a past line by a credit note.",
    ),
    "UNAUTHORISED_LINE": (2, "The line names no item that the customer authorised.", "Offer it and have it approved, or bill it at 0."),
    "AUTH_NOT_FOUND": (3, "There is no such item.", "Cite an item of an offer in this matter."),
    "AUTH_WRONG_JOB": (3, "The item belongs to another matter.", "Bill it where it was authorised."),
    "AUTHORISER_NOT_ENTITLED": (4, "Whoever agreed wasn't entitled to.", "Have the customer or their designee approve it."),
    "CONTACT_CHANGE_UNCONFIRMED": (
        4,
        "Who agreed was reached by an address or given a say less than a day before.",
        "Have a contact of old agree, or the customer in person.",
    ),
    "AUTH_DECLINED": (4, "The customer declined this item.", "Offer it again; only the customer can change this."),
    "NO_EXPRESS_CONSENT": (4, "The customer has not said yes to this item.", "Present the offer; silence is not consent."),
    "NO_WRITTEN_OFFER": (5, "The law of this place wants a written offer.", "Present the offer in writing before the work."),
    "AUTH_RECORD_INCOMPLETE": (
        5,
        "The record of the oral consent is incomplete.",
        "Have the customer approve it again, with a full record.",
    ),
    "SUBSCRIPTION_ENDED": (6, "The subscription had ended when the period was supplied.", "Open a new subscription."),
    "WORK_BEFORE_AUTH": (
        6,
        "The work began before the customer said yes.",
        "It cannot be billed here; a new authorisation covers later work only.",
    ),
    "AUTH_BACKDATED": (
        6,
        "The consent was recorded too late for the work it is claimed for.",
        "It cannot be billed here; record consent at once.",
    ),
    "AUTH_EXPIRED": (6, "The authorisation had ended when the work began.", "Have the customer approve it again before the work."),
    "AUTH_REVOKED": (6, "The customer had taken the authorisation back when the work began.", "It cannot be billed here."),
    "AUTH_SUPERSEDED": (
        6,
        "A later revision of the offer had replaced this item when the work began.",
        "Bill the item that the customer last approved.",
    ),
    "CURRENCY_MISMATCH": (7, "The item was authorised in another currency.", "Bill in the currency of the offer."),
    "TAX_BASIS_MISMATCH": (7, "The item was authorised on another tax basis.", "Bill on the tax basis of the offer."),
    "ITEM_SUBSTITUTED": (
        8,
        "It isn't the part that was authorised, nor a listed alternate.",
        "Offer the substitution and have it approved.",
    ),
    "CONDITION_SUBSTITUTED": (8, "It isn't in the condition that was authorised.", "Offer the substitution and have it approved."),
    "METHOD_CHANGED": (8, "It isn't the method that was authorised.", "Offer the change and have it approved."),
    "UNIT_MISMATCH": (
        9,
        "It isn't measured in the authorised unit or an exactly listed one.",
        "Bill in the offer's unit or list a conversion in it.",
    ),
    "AMOUNT_MISMATCH": (
        10,
        "The amount isn't what quantity, price and discount come to.",
        "Leave `amount` out, or send the server's amount.",
    ),
    "DUPLICATE_WORK_RECORD": (11, "The work is billed already.", "Credit the earlier line first, or bill other work."),
    "BILLED_OVER_PERFORMED": (12, "More is billed than was done.", "Record the work, or bill no more than `allowed`."),
    "QTY_OVER_AUTHORISED": (
        13,
        "More is billed than was authorised.",
        "Have the customer approve the rest, or bill no more than `allowed`.",
    ),
    "PRICE_OVER_AUTHORISED": (
        13,
        "The price is above the authorised one.",
        "Bill at the authorised price, or have the customer approve the new one.",
    ),
    "OVER_TOLERANCE": (
        14,
        "The job comes to more over what was authorised than its policy tolerates.",
        "Have the customer approve the difference.",
    ),
    "OVER_AUTHORISED": (14, "The job comes to more than was authorised.", "Have the customer approve the difference."),
    "CAP_EXCEEDED": (14, "The bills of this authorisation come to more than its cap.", "Have the customer raise the cap."),
    "TAX_MISMATCH": (14, "The tax isn't what the rates come to.", "Leave `tax_minor` out, or send the server's figure."),
}
"""Code: its rule, its sentence, what would make the line acceptable."""

SENTENCES = msgspec.json.encode({code: {"detail": detail, "remedy": remedy} for code, (_, detail, remedy) in RULES.items()}).decode()
