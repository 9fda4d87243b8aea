"""What payments are refused for, in one place: cash, hand-ins and refunds name some of the same."""

from service.kit.refusals import Refusal


class PayerUnclear(Refusal):
    """A payment names an invoice or a customer, so that it is clear whose account it goes to."""

    code, status, remedy = "PAYER_UNCLEAR", 422, "Send `invoice_id`, or `customer_id` for money on account; both must agree."


class TakerUnclear(Refusal):
    """Cash is in somebody's hands: it must be clear whose."""

    code, status, remedy = "TAKER_UNCLEAR", 422, "Send `taken_by`, the id of the member of staff who holds the cash."
    constraints = ("billing.cash_lies_with_whom_took_it", "billing.payment_taken_by_staff")


class TakerNotAllowed(Refusal):
    """Whoever is named as the taker may not take cash."""

    code, status, remedy = (
        "TAKER_NOT_ALLOWED",
        409,
        "Let the technician be allowed to take cash, then send the same again; or send `taken_by` of the one who took it and may.",
    )


class CapturedOutOfReach(Refusal):
    """This can't be when the money changed hands: it is in the future or more than 400 days ago."""

    code, status, remedy = "CAPTURED_OUT_OF_REACH", 422, "Set the device's clock, or leave `captured_at` out."


class BankLineHere(Refusal):
    """The bank's statement was imported and tells this entry itself."""

    code, status, remedy = "BANK_LINE_HERE", 409, "Match the line that `line_id` names: `POST /v1/bank/lines/{line_id}/match`."


class CurrencyDiffers(Refusal):
    """The invoice is in another currency than the money."""

    code, status, remedy = (
        "CURRENCY_DIFFERS",
        422,
        "Send the invoice's currency, or record the money for the customer without naming the invoice.",
    )
    constraints = ("billing.payment_names_an_invoice_of_its_customer",)


class PaymentDiffers(Refusal):
    """This payment was recorded before, with something else in it, or was taken back since."""

    code, status, remedy = (
        "PAYMENT_DIFFERS",
        409,
        "Read the payment that `payment_id` names; correct it if it was mistyped, or send an `id` of its own with other money.",
    )
    constraints = (
        "billing.payment_told_once",
        "billing.payment_pkey",
        "billing.one_payment_a_cheque",
        "billing.one_collection_of_an_invoice_per_visit",
    )


class ReceiptNumberTaken(Refusal):
    """Another payment's receipt has this number."""

    code, status, remedy = "RECEIPT_NUMBER_TAKEN", 409, "Make a fresh UUIDv7 for the payment: its receipt's number comes from its id."
    constraints = ("billing.receipt_number_given_once", "billing.receipt_number_used_once")


class AlreadyReversed(Refusal):
    """This payment was taken back or corrected before."""

    code, status, remedy = "ALREADY_REVERSED", 409, "Read the payment; correct the entry that replaced it."
    constraints = ("billing.payment_reversed_once", "billing.payment_corrected_once")


class PaymentOnBankLine(Refusal):
    """A line of the bank brought this payment or shows it: it is taken back with the line."""

    code, status, remedy = (
        "PAYMENT_ON_BANK_LINE",
        409,
        "Undo the line that `line_id` names; if the bank took the money back, match its line that went out with this `payment_id`.",
    )
    constraints = ("billing.line_taken_back_by_a_line", "billing.told_taken_back_in_its_turn")


class TakenBackBySomebodyElse(Refusal):
    """Nobody corrects or takes back the cash that they took themselves, and no API key does it for them."""

    code, status, remedy = "TAKEN_BACK_BY_SOMEBODY_ELSE", 403, "Let another member of staff who may correct payments sign in and do it."
    constraints = ("billing.cash_taken_back_by_somebody_else",)


class PaidBackToCard(Refusal):
    """Some of this payment went back to its card, or is on its way there: it isn't taken back as well."""

    code, status, remedy = "PAID_BACK_TO_CARD", 409, "Refund what is left of the payment, or credit the invoice that it paid."


class CreditAlreadyUsed(Refusal):
    """The money is no longer there: it has paid something else, or was paid back, since."""

    code, status, remedy = "CREDIT_ALREADY_USED", 409, "Read the customer's account; at most its credit can be taken."
    constraints = ("billing.credit_never_overdrawn",)


class NotCash(Refusal):
    """Only cash entries are typed, so only they can be mistyped."""

    code, status, remedy = "NOT_CASH", 409, "Reverse the payment instead, or refund it."


class InvoiceWrittenOff(Refusal):
    """This invoice, or its rest, was written off."""

    code, status, remedy = (
        "INVOICE_WRITTEN_OFF",
        409,
        "Undo the write-off first; money that comes for it all the same is recorded as it comes.",
    )


class NothingToDun(Refusal):
    """No step of dunning is due for this customer now."""

    code, status, remedy = "NOTHING_TO_DUN", 409, "Read the customer's dunning: it says what comes next, when, and what holds it."
    constraints = ("billing.one_dunning_step", "billing.dunning_steps_follow")


class CutOffHeld(Refusal):
    """Nobody is cut off while something holds it: a dispute, an incident, a law, a promise to pay, or a reversal they weren't told of yet."""

    code, status, remedy = "CUT_OFF_HELD", 409, "Read the customer's dunning: `held_by` names what has to end first."
