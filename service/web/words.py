"""How codes are said to people: states, steps, units, conditions, and facts as one sentence each."""

from typing import TypeVar

from service.care.records import Entry
from service.kit.words import marked
from service.web import notice_words, saved_words
from service.web.care_words import CARE_FACTS
from service.web.languages import text
from service.web.money_words import MONEY_FACTS
from service.web.service_words import SERVICE_FACTS

Code = TypeVar("Code", str, bool)

STATES = {
    "held": marked("held"),
    "booked": marked("booked"),
    "dispatched": marked("sent to you"),
    "accepted": marked("accepted"),
    "en_route": marked("on the way"),
    "on_site": marked("on site"),
    "working": marked("working"),
    "paused": marked("paused"),
    "completed": marked("done"),
    "partly_completed": marked("partly done"),
    "could_not_complete": marked("could not be done"),
    "no_access": marked("no access"),
    "cancelled": marked("cancelled"),
}

STATES_TO_OFFICE = STATES | {"dispatched": marked("sent to the technician")}
"""The same to who isn't the technician."""
STATES_TO_CUSTOMER = STATES | dict.fromkeys(("booked", "dispatched", "accepted"), marked("planned"))
"""The same to who waits at home: who was told of it in the house is nothing to them."""

STEP_NAMES = {
    "accept": marked("Accept"),
    "set-out": marked("Set out"),
    "arrive": marked("I am there"),
    "no-access": marked("Nobody lets me in"),
    "pause": marked("Pause"),
    "resume": marked("Go on"),
    "complete": marked("Done"),
}

WHY_UNFINISHED = {
    "part_missing": marked("A part is missing"),
    "more_time_needed": marked("More time is needed"),
    "customer_stopped": marked("The customer doesn't want it now"),
    "cannot_be_repaired": marked("It can't be repaired"),
    "not_safe": marked("It isn't safe"),
    "something_else": marked("Something else"),
}
"""Why a visit ended before all was done, by the code that is kept."""

ANSWERS = {
    "waiting": marked("Waiting for an answer"),
    "agreed": marked("Yes"),
    "declined": marked("No"),
    "held": marked("Yes, not in force yet"),
    "ended": marked("Yes, no longer in force"),
}
"""What the customer said to an item, to whoever works on it."""

CONFIRMING = {
    "tap": marked("by a tap"),
    "signature": marked("by a signature on this phone"),
    "otp": marked("by a code sent to them"),
}
"""How an answer is confirmed."""

JOB_STATES = {
    "open": marked("open"),
    "in_progress": marked("in progress"),
    "work_done": marked("work done"),
    "closed": marked("closed"),
    "cancelled": marked("cancelled"),
}

JOB_KINDS = {
    "repair": marked("repair"),
    "install": marked("installation"),
    "collection": marked("collection"),
    "inspection": marked("inspection"),
}

REASONS = {
    "NOT_PERFORMED_YET": marked("Agreed, but not done yet."),
    "QTY_OVER_AUTHORISED": marked("Done beyond what was agreed."),
    "NOTICE_MISSING": marked("The customer has to be told first that it will come to more than they agreed to."),
    "NO_PAYMENT_DUE": marked("The customer withdrew and had not asked to begin at once: no payment is due here."),
    "CAP_EXCEEDED": marked("Beyond the most that the customer agreed to pay."),
    "AUTH_DECLINED": marked("The customer said no to it."),
    "NO_EXPRESS_CONSENT": marked("The customer has not said yes to it."),
    "AUTHORISER_NOT_ENTITLED": marked("Whoever said yes wasn't entitled to."),
    "AUTH_RECORD_INCOMPLETE": marked("The record of what was said is incomplete."),
    "NO_WRITTEN_OFFER": marked("The law here wants a written offer first."),
    "WORK_BEFORE_AUTH": marked("The work began before the customer said yes."),
    "AUTH_BACKDATED": marked("The customer's yes was recorded too late."),
    "EMERGENCY_NO_STANDING_AUTH": marked("An emergency, and the customer had authorised none in advance."),
    "AUTH_EXPIRED": marked("The customer's yes had run out."),
    "AUTH_REVOKED": marked("The customer took the yes back."),
    "AUTH_SUPERSEDED": marked("A later offer replaces it."),
}
"""Why something can't be billed here, to people in the office."""

DONE_ALREADY = {
    False: marked("A yes now covers later work only; what was done without a say-so is billed at 0."),
    True: marked("The customer may still say yes to it."),
}
"""What a yes still does for what is done beyond what was agreed, by whether it may come after the work."""

SERVICE_STATES = {"active": marked("active"), "suspended": marked("suspended"), "ended": marked("ended")}

CONDITIONS = {
    "new": marked("new"),
    "used": marked("used"),
    "rebuilt": marked("rebuilt"),
    "oem": marked("original part"),
    "non_oem": marked("not an original part"),
}

UNTAXED = {
    "AE": marked("Reverse charge: you owe the tax yourself"),
    "K": marked("Supply within the European Union: you owe the tax yourself"),
    "G": marked("Export, exempt from tax"),
    "O": marked("Not subject to tax"),
}
"""Why no tax is charged, where the category says it; an exemption says itself why."""
ACTS = {"initial": marked("You answered an offer"), "revocation": marked("You took something back")}
"""What a customer did, to the customer."""

PHOTO_ALTS = {
    "reported": marked("Photo of what you told us"),
    "found": marked("Photo of what we found"),
    "work": marked("Photo of what was done"),
    "custody": marked("Photo of your device"),
}
"""What a photo shows, to the customer; its number and time follow."""

PHOTO_KINDS = {
    "found": marked("what was found"),
    "reported": marked("what was reported"),
    "work": marked("the work done"),
    "custody": marked("a device, as taken in or handed back"),
}
"""What a photo shows, to staff."""

UNITS = {"EA": "×", "C62": "×", "HUR": "h", "MIN": "min", "MON": "×", "KMT": "km", "MTR": "m", "LTR": "l", "KGM": "kg"}
"""UN/ECE Recommendation 20 codes as people write them."""

FACTS = {
    **CARE_FACTS,
    **MONEY_FACTS,
    **saved_words.FACTS,
    **notice_words.FACTS,
    "customer_added": marked("Customer added"),
    "customer_changed": marked("Customer changed"),
    "contact_added": marked("Contact added"),
    "contact_changed": marked("Contact changed"),
    "site_added": marked("Address added"),
    "site_changed": marked("Address changed"),
    "asset_added": marked("Device added"),
    "asset_changed": marked("Device changed"),
    "asset_moved": marked("Device moved"),
    "technician_preferred": marked("Technician preferred"),
    "calendar_renewed": marked("Address of the calendar made"),
    "calendar_ended": marked("Address of the calendar ended"),
    "job_opened": marked("Job opened"),
    "job_in_progress": marked("Job in progress"),
    "job_work_done": marked("Work of the job done"),
    "job_closed": marked("Job closed"),
    "job_cancelled": marked("Job cancelled"),
    "visit_held": marked("Time held for a visit"),
    "visit_booked": marked("Visit booked"),
    "visit_moved": marked("Visit moved"),
    "visit_handed_over": marked("Somebody else goes there"),
    "visit_late": marked("Visit comes later"),
    "visit_longer": marked("Visit takes longer"),
    "visit_runs_over": marked("Visit takes longer than planned"),
    "visit_arrival_left": marked("Expected after the promised time"),
    "visit_arrival_moved": marked("Expected at another time"),
    "visit_arrival_back": marked("Expected in the promised time again"),
    "visit_dispatched": marked("Visit sent to the technician"),
    "visit_accepted": marked("Visit accepted"),
    "visit_en_route": marked("Technician on the way"),
    "visit_arrived": marked("Technician arrived"),
    "visit_started": marked("Work started"),
    "visit_paused": marked("Work paused"),
    "visit_resumed": marked("Work resumed"),
    "visit_completed": marked("Visit completed"),
    "visit_partly_completed": marked("Visit partly completed"),
    "visit_could_not_complete": marked("Visit could not be completed"),
    "visit_no_access": marked("Nobody let us in"),
    "visit_cancelled": marked("Visit cancelled"),
    "visit_withdrawn": marked("Visit no longer needed"),
    "promise_made": marked("Promise made"),
    "promise_kept": marked("Promise kept"),
    "promise_broken": marked("Promise broken"),
    "promise_released": marked("Promise released"),
    "offer_deleted": marked("Draft of an offer deleted"),
    "offer_made": marked("Offer written"),
    "offer_revised": marked("Offer changed"),
    "offer_presented": marked("Offer shown to the customer"),
    "offer_answered": marked("Customer answered the offer"),
    "code_sent": marked("One-time code sent"),
    "code_refused": marked("Wrong one-time code"),
    "presentation_locked": marked("Offer locked after five wrong codes"),
    "photo_added": marked("Photo added"),
    "photo_erased": marked("Photo erased"),
    "question_asked": marked("Customer asked about an offer"),
    "question_replied": marked("Customer's question replied to"),
    "consent_recorded": marked("Spoken consent recorded"),
    "authorisation_revoked": marked("Consent withdrawn"),
    "person_erased": marked("Personal data erased"),
    "legal_hold_placed": marked("Has to be kept: something is in dispute"),
    "legal_hold_released": marked("No longer has to be kept for a dispute"),
    "work_recorded": marked("Work recorded"),
    "forecast_stated": marked("New forecast of what it will come to"),
    "overrun_notice_due": marked("Customer has to be told that it will come to more"),
    "overrun_notice_given": marked("Customer told that it will come to more"),
    "ceiling_nearly_reached": marked("Work near the most that was agreed to"),
    "work_corrected": marked("Work record corrected"),
    "invoice_posted": marked("Invoice issued"),
    "invoice_refused": marked("Invoice refused"),
    "itemised_bill_asked_for": marked("Customer asked for an itemised bill"),
    "itemised_bill_given": marked("Itemised bill given"),
    "invoice_paid": marked("Invoice paid"),
    "invoice_reopened": marked("Invoice open again"),
    "reversal_told": marked("Customer told that it is open again"),
    "payment_reminded": marked("Reminded of what is open"),
    "dunning_call_wanted": marked("To be called about what is open"),
    "cut_off_for_arrears": marked("Cut off: reminded, and still not paid"),
    "collection_wanted": marked("To be collected at the door"),
    "end_proposed": marked("Ending it is proposed: still not paid"),
    "dunning_held": marked("Dunning is held"),
    "dunning_released": marked("Dunning goes on"),
    "payment_promised": marked("Customer promised to pay"),
    "invoice_credited": marked("Invoice credited"),
    "credit_refused": marked("Credit refused"),
    "payment_recorded": marked("Payment received"),
    "payment_reversed": marked("Payment taken back"),
    "money_parked": marked("Money put aside for a person to look at"),
    "card_attempt_begun": marked("Card payment begun"),
    "card_attempt_closed": marked("Card payment closed"),
    "credit_used": marked("Credit used"),
    "refund_proposed": marked("Refund proposed"),
    "refund_unpaid": marked("Refund waits again to be paid"),
    "refund_paid": marked("Refund paid"),
    "refund_failed": marked("Refund refused where it went: credit again"),
    "refund_cancelled": marked("Refund called off: credit again"),
    **SERVICE_FACTS,
    "renewal_call_logged": marked("Renewal call logged"),
    "renewal_call_refused": marked("Renewal call refused: already renewed"),
    "renewal_call_withdrawn": marked("Renewal call no longer needed"),
    "provisioning_confirmed": marked("Network confirmed"),
    "provisioning_ordered_again": marked("Network told again: it did otherwise"),
    "network_differs": marked("Network does otherwise than it should"),
    "network_agrees": marked("Network does as it should again"),
    "provisioning_unconfirmed": marked("Network has not confirmed"),
    "provisioning_overtaken": marked("Network order overtaken by a newer one"),
    "notice_queued": marked("Message about to be sent"),
    "notice_handed_over": marked("Message sent"),
    "notice_refused": marked("Message turned away by the other side"),
    "notice_unknown": marked("Message sent, not known whether it arrived"),
    "notice_withdrawn": marked("Message no longer needed, not sent"),
    "notice_failed": marked("Message could not be sent"),
}
"""What each kind of fact is called on a timeline."""

NOTICES = (
    saved_words.NOTICES
    | notice_words.KINDS
    | {
        "receipt": marked("receipt"),
        "invoice": marked("invoice"),
        "credit_note": marked("credit note"),
        "payment_reminder": marked("reminder of what is open"),
        "payment_reversed": marked("what is open again"),
        "claim_reminder": marked("what is owed again"),
        "consent_copy": marked("copy of what was agreed"),
        "question_reply": marked("reply to a question"),
        "approval_held": marked("a yes that is held"),
        "one_time_code": marked("one-time code"),
        "offer_link": marked("link to an offer"),
    }
)
"""What a message was about."""


def said(names: dict[Code, str], language: str) -> dict[Code, str]:
    """The same names in a language."""
    return {code: text(language, name) for code, name in names.items()}


def sentence_of(entry: Entry, *, language: str) -> str:
    """A fact as a short sentence; a kind without words of its own is said by its name."""
    return text(language, FACTS[entry.kind]) if entry.kind in FACTS else entry.kind.replace("_", " ").capitalize()
