"""How promises and messages are said to people."""

from service.kit.words import marked

CARE_FACTS = {
    "job_brought": marked("Brought by a partner"),
    "promise_renewed": marked("Another time promised"),
    "promise_warned": marked("Promise about to break"),
    "promise_escalated": marked("Broken promise handed up"),
    "message_noted": marked("Word noted"),
    "messages_forgotten": marked("Words erased"),
    "case_raised": marked("Case opened"),
    "case_heard": marked("Customer wrote or called in a case"),
    "case_answered": marked("Case answered"),
    "case_noted": marked("Remark in a case"),
    "case_fault": marked("Case is about a fault"),
    "case_handed": marked("Case handed over"),
    "case_merged": marked("Case merged into another"),
    "case_joined": marked("Another case merged into it"),
    "case_divided": marked("Part of a case split off"),
    "case_split_off": marked("Case split off another"),
    "case_closed": marked("Case closed"),
}

ACTORS = {
    "customer_link": marked("the customer"),
    "partner": marked("a partner"),
    "system": marked("by itself"),
    "api_key": marked("a program"),
}
"""Who did it, where it was nobody with a name."""

PROMISES = {
    "arrive": marked("arrive by"),
    "update": marked("news by"),
    "restore": marked("restored by"),
    "call_back": marked("call back by"),
    "reply": marked("reply by"),
    "refund": marked("refund by"),
}

PROMISED = {
    "arrive": marked("Visit"),
    "update": marked("News"),
    "restore": marked("Working service"),
    "call_back": marked("Call back"),
    "reply": marked("Reply"),
    "refund": marked("Refund"),
}
"""What each kind promises, where its time stands beside it."""
TEAMS = {
    "dispatcher": marked("Dispatch"),
    "technician": marked("Technicians"),
    "agent": marked("Collection agents"),
    "back_office": marked("Office"),
    "manager": marked("Managers"),
}
CHANNELS = {
    "phone": marked("by telephone"),
    "in_person": marked("in person"),
    "email": marked("by mail"),
    "sms": marked("by text message"),
    "chat": marked("by chat"),
    "letter": marked("by letter"),
}
