"""How facts about services and their plans are said to people."""

from service.kit.words import marked

SERVICE_FACTS = {
    "subscription_begun": marked("Subscription begun"),
    "subscription_suspended": marked("Service suspended"),
    "subscription_lifted": marked("Suspension lifted"),
    "subscription_lapsed": marked("Service lapsed unpaid"),
    "subscription_ended": marked("Subscription ended"),
    "subscription_activated": marked("Service active again"),
    "subscription_paid_through": marked("Period paid"),
    "subscription_period_granted": marked("Next period granted"),
    "subscription_period_reopened": marked("Period open again"),
    "fault_reported": marked("Fault reported by the customer"),
    "outage_noted": marked("Time without service noted"),
    "plan_change_asked": marked("Another plan offered"),
    "plan_changed": marked("Plan changed"),
    "plan_change_dropped": marked("Plan stays as it is: the change was called off, or not agreed to by its day"),
}

SUSPENDED_FOR = {
    "unpaid": marked("unpaid"),
    "fault": marked("a fault"),
    "customer_request": marked("as the customer wishes"),
    "misuse": marked("misuse"),
    "equipment": marked("equipment not returned"),
    "moving": marked("moving"),
}
"""Why a service doesn't run."""

ON_AGAIN = {
    "unpaid": marked("It is suspended since something is unpaid. It is on again as soon as what is open is paid."),
    "fault": marked("It doesn’t run because of a fault. It is on again once the fault is repaired; you need do nothing."),
    "customer_request": marked("It rests as you wished. Tell us, and it is on again."),
    "misuse": marked("It is suspended because of misuse. Please call us: we tell you what turns it on again."),
    "equipment": marked("It is suspended since a device of ours wasn’t returned. It is on again once we have it."),
    "moving": marked("It rests while you move. It is on again at your new address once we have connected it."),
}
"""What a customer is told of each, with what would turn it on."""

WITH_US = {
    "received": marked("taken in"),
    "waiting": marked("waits for the bench"),
    "diagnosing": marked("is being looked at"),
    "waiting_approval": marked("waits for your answer"),
    "approved": marked("you said yes: it is done next"),
    "declined": marked("you said no: it comes back as it is"),
    "repairing": marked("is being repaired"),
    "testing": marked("is being tested"),
    "ready": marked("is ready for you"),
    "handed_back": marked("handed back"),
    "scrapped": marked("disposed of"),
}
"""How a customer's device stands, as they are told."""
