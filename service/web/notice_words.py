"""How what people are told is said to people: of what, how far it got, and why not further."""

from service.kit.words import marked

FACTS = {
    "notice_delivered": marked("Message delivered"),
    "notice_bounced": marked("Message given back undelivered"),
    "reach_wanted": marked("To be reached by a person"),
    "reach_done": marked("Reached by a person"),
    "reach_ended": marked("Nothing to tell them any more"),
    "notices_opted_out": marked("Doesn’t want to be told any more"),
    "notices_opted_in": marked("Wants to be told again"),
}
KINDS = {
    "incident_moved": marked("an incident that takes longer"),
    "visit_booked": marked("a visit that is booked"),
    "visit_moved": marked("a visit at another time"),
    "visit_cancelled": marked("a visit that is cancelled"),
    "compensation_given": marked("compensation given"),
    "compensation_taken_back": marked("compensation taken back"),
    "device_taken_in": marked("the receipt of a device"),
    "device_news": marked("news of a device"),
    "device_ready": marked("a device to be fetched"),
    "device_handed_back": marked("a device handed back"),
    "device_scrapped": marked("a device disposed of"),
    "loaner_lent": marked("a loaner lent"),
    "loaner_due": marked("a loaner due back soon"),
    "visit_waits": marked("a visit that waits for an incident"),
    "visit_wait_ended": marked("a visit that needn’t wait any more"),
    "invitation": marked("invitation to join"),
    "password_reset": marked("link to a new password"),
    "cash_limit_reached": marked("somebody who holds as much cash as they may"),
    "dispute_due": marked("a dispute to answer"),
    "webhook_paused": marked("a webhook that was paused"),
    "mail_code": marked("a code that proves an address of yours"),
}
STATES = {
    "queued": marked("waits"),
    "sending": marked("is being sent"),
    "handed_over": marked("sent"),
    "delivered": marked("delivered"),
    "bounced": marked("given back"),
    "refused": marked("turned away"),
    "unknown": marked("sent, not known whether it arrived"),
    "withdrawn": marked("no longer needed"),
    "failed": marked("could not be sent"),
}
REASONS = {
    "no_address": marked("no address"),
    "no_mail_server": marked("nothing is set up to send by"),
    "mail_server_busy": marked("the other side asks us to come back"),
    "mail_server_unavailable": marked("the other side didn’t take it in time"),
    "unknown_twice": marked("no answer, twice"),
    "address_malformed": marked("no such address can be"),
    "opted_out": marked("they do without it"),
    "told_lately": marked("they were told a short while ago"),
    "merged": marked("a later one tells it all"),
    "not_told_by_rule": marked("not told, by your rules"),
    "superseded": marked("something newer is told"),
    "not_told": marked("they hadn’t been told of it"),
    "told_already": marked("they were told already"),
    "over": marked("it is over"),
    "taken_back": marked("it was taken back"),
    "paid": marked("it is paid"),
    "next_way": marked("by the next way"),
    "document_too_long": marked("its paper is too long"),
    "documents_busy": marked("too many papers at once"),
}
AUDIENCES = {
    "customer": marked("to the customer"),
    "contact": marked("to one of the customer’s people"),
    "staff": marked("to staff"),
}
NEEDS = {
    "law": marked("always told: the law wants it"),
    "safety": marked("always told: somebody’s safety needs it"),
    "asked": marked("always told: it was asked for"),
}
