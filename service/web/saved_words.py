"""How facts about saved cards and accounts, and charges by them, are said to people."""

from service.kit.words import marked

FACTS = {
    "saving_link_sent": marked("Link to save a card or account sent"),
    "portal_link_sent": marked("Link to their page sent"),
    "portal_links_ended": marked("Links to their page ended"),
    "charges_agreed": marked("Agreed to be charged"),
    "method_saved": marked("Card or account saved"),
    "method_renewed": marked("Saved card renewed by its network"),
    "method_withdrawn": marked("Customer took back their word to be charged"),
    "method_removed": marked("Saved card or account removed"),
    "method_mandate_ended": marked("Mandate ended at the customer's bank"),
    "method_detached": marked("Saved card or account taken away at the provider"),
    "method_erased": marked("Saved card or account erased"),
    "charge_announced": marked("Charge announced"),
    "charge_begun_anew": marked("Charge announced anew, as agreed"),
    "charge_begun": marked("Charge by saved card or account begun"),
    "charge_failed": marked("Charge failed"),
    "reader_asked": marked("Asked at a card reader"),
    "reader_failed": marked("Card reader brought nothing"),
    "signed_at_reader": marked("Signed at a card reader"),
}

WHY_FAILED = {
    "again": marked("the bank refused it for now"),
    "ask_customer": marked("the bank wants its customer to confirm; they have a link"),
    "never": marked("the bank refuses this method for good"),
    "insufficient_funds": marked("there wasn't enough money"),
    "expired_card": marked("the card has expired"),
    "lost_card": marked("the card is lost or stolen"),
    "stolen_card": marked("the card is lost or stolen"),
}
"""Why a charge failed, by the provider's code or else by what comes of it."""

NOTICES = {
    "saving_link": marked("link to save a card or account"),
    "portal_link": marked("link to everything of theirs"),
    "charge_notice": marked("announcement of a charge"),
    "charge_failed": marked("a charge that failed"),
    "incident_declared": marked("an incident that is known"),
    "incident_ended": marked("an incident that is over"),
    "promise_due": marked("a promise about to break"),
    "promise_broken": marked("a broken promise"),
    "promise_renewed": marked("another time promised"),
    "visit_late": marked("a visit that comes later"),
    "visit_on_time": marked("a visit that comes in time after all"),
    "visit_handed_over": marked("somebody else coming to a visit"),
    "visit_missed": marked("a visit that nobody let in"),
    "case_answer": marked("an answer in a case"),
}
