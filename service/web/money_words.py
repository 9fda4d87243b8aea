"""How codes of money that is on its way, lost or disputed are said to people."""

from service.billing.records.compensations import WhyNotDue
from service.billing.records.payouts import PayoutAtBank
from service.billing.records.refunds import Via
from service.billing.records.write_offs import WhyBad
from service.kit.words import marked
from service.subscriptions.records.network import DifferenceKind

MONEY_FACTS = {
    "claim_made": marked("Owed again: the bank took back what had been refunded"),
    "claim_told": marked("Customer told that it is owed again"),
    "claim_reminded": marked("Reminded of what is owed again"),
    "claim_call_wanted": marked("To be called about what is owed again"),
    "claim_paid": marked("Paid what was owed again"),
    "write_off_proposed": marked("Writing it off is proposed"),
    "write_off_declined": marked("Not written off"),
    "invoice_written_off": marked("Written off: nobody expects it to be paid"),
    "write_off_undone": marked("Writing it off was undone"),
    "invoice_recovered": marked("Paid after all, though written off"),
    "compensation_given": marked("Compensation given: time without service, or nobody came"),
    "compensation_taken_back": marked("Compensation taken back: it was not due"),
    "refund_needs_customer": marked("Refund waits for the customer: the provider has asked them where it should go"),
    "cheque_received": marked("Cheque received, on its way"),
    "cheque_cleared": marked("Cheque cleared"),
    "cheque_clearing_taken_back": marked("Cheque on its way again: it had not cleared"),
    "payment_disputed": marked("Customer disputes a card payment with their bank"),
    "dispute_moved": marked("Disputed card payment: the bank has moved"),
    "dispute_evidence_due": marked("Disputed card payment: its evidence is to be sent"),
    "dispute_answer_asked": marked("Disputed card payment: evidence on its way"),
    "dispute_answer_ended": marked("Disputed card payment: the bank was answered, or it was too late"),
    "disputed_money_withdrawn": marked("Disputed money taken back by the bank"),
    "payment_fraud_warned": marked("Bank warns that a card payment may be fraud"),
    "payment_reviewed": marked("Card payment under review"),
    "payment_review_closed": marked("Review of a card payment closed"),
}
"""What happened, on a timeline."""
WHY_BAD: dict[WhyBad, str] = {
    "insolvent": marked("The customer is insolvent"),
    "untraceable": marked("The customer can’t be found"),
    "deceased": marked("The customer has died"),
    "time_barred": marked("It is too late to claim it"),
    "too_costly": marked("Claiming it costs more than it is"),
    "settled_for_less": marked("Settled for less"),
    "other": marked("Another reason"),
}
REFUND_WAYS: dict[Via, str] = {"card": marked("back to the card"), "bank_transfer": marked("by bank transfer"), "cash": marked("in cash")}
MONEY_TASKS = {
    "cancel_attempt": marked("Calling off a try to collect, at the payment provider"),
    "charge_saved_method": marked("Charging a saved card or account"),
    "create_refund": marked("Sending a refund back to its card"),
    "detach_method": marked("Ending a saved card or account, at the payment provider"),
    "hear_fee": marked("Asking the payment provider what it kept of a payment"),
    "hear_payouts": marked("Reading what the payment provider pays out"),
    "hear_reader": marked("Asking how a try at a card reader ended"),
    "judge_cash_limit": marked("Judging how much cash somebody may hold"),
    "match_bank_lines": marked("Matching the bank’s lines"),
    "order_again": marked("Ordering anew what the network does otherwise"),
    "provision": marked("Telling the network what a service should be"),
    "send_dispute_evidence": marked("Sending the bank the proof of a disputed payment"),
}
"""Background work of money and of the services that it pays for, as it is called where it gave up."""
NOT_COMPENSATED: dict[WhyNotDue, str] = {
    "nothing_set": marked("Nothing is set, so nothing is given."),
    "other_currency": marked("What is set is in another currency than this service."),
    "not_reported": marked("Nobody told us of it that we know of, and days count from then. Note below when they did."),
    "too_short": marked("It was over before days count."),
    "given_before": marked("Its days are given for already."),
    "no_service": marked("They have no service there that it could be computed from."),
    "not_missed": marked("It wasn’t missed."),
}
"""Why nothing is due, to whoever would give it."""
NETWORK_DIFFERENCES: dict[DifferenceKind, str] = {
    "paid_but_suspended": marked("Paid for, but switched off in the network"),
    "unpaid_but_active": marked("Not paid for, but running in the network"),
    "unknown_there": marked("Paid for, but the network doesn’t know it"),
    "unknown_here": marked("Running in the network, but unknown here"),
    "other": marked("The network does otherwise"),
}
SOLD = {
    "labour": marked("work"),
    "part": marked("parts"),
    "diagnosis": marked("diagnosis"),
    "travel": marked("travel"),
    "fee": marked("fees"),
    "disposal": marked("disposal"),
    "reassembly": marked("reassembly"),
    "plan": marked("subscriptions"),
}
"""What was sold, by the kind of its items."""
CASH_PLACES = {"office": marked("in the office"), "to_bank": marked("on its way to the bank"), "agent": marked("somebody who has left")}
"""Where cash is that nobody holds by name."""
PAYOUTS_AT_BANK: dict[PayoutAtBank, str] = {
    "matched": marked("The bank has it"),
    "on_its_way": marked("On its way to the bank"),
    "missing": marked("The bank should have it by now"),
    "sent_back": marked("It came and went back"),
    "never_sent": marked("It failed or was cancelled before it left"),
    "differs": marked("Bank and payment provider contradict each other"),
    "unknown": marked("A line said to be a payout, and no payout is known"),
}
