"""How promises, messages and cases are said to people."""

from service.kit.words import marked

CARE_FACTS = {
    "job_brought": marked("Brought by a partner"),
    "promise_renewed": marked("Another time promised"),
    "promise_warned": marked("Promise about to break"),
    "promise_escalated": marked("Broken promise handed up"),
    "message_noted": marked("Word noted"),
    "messages_forgotten": marked("Words erased"),
    "mail_received": marked("Mail came in"),
    "text_received": marked("Message came in"),
    "stray_mail_taken": marked("Words of nobody known are theirs"),
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
    "invoice_line_objected": marked("Customer objects to a line of an invoice"),
    "objection_decided": marked("Objection decided"),
    "device_taken_in": marked("Device taken in"),
    "device_offered": marked("Device offered to a colleague"),
    "device_handed_over": marked("Device handed over"),
    "device_moved_on": marked("Device a step further on the bench"),
    "device_news_told": marked("News of a device told"),
    "device_ready": marked("Device ready to be fetched"),
    "device_handed_back": marked("Device handed back"),
    "device_scrapped": marked("Device disposed of"),
    "loaner_lent": marked("Loaner lent"),
    "loaner_returned": marked("Loaner back"),
    "loaner_asked_back": marked("Loaner asked back"),
    "loaner_retired": marked("Loaner lost or sold"),
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

CASES_REFUSED = {
    "CUSTOMER_UNCLEAR": (
        marked("That fits no customer, or more than one."),
        marked("Write the customer’s reference, or all of their name and address."),
    ),
    "FORM_TOO_OLD": (
        marked("This form was open for too long, or sent too soon."),
        marked("Your words are still here: send them once more."),
    ),
    "FORM_TRAPPED": (marked("Something was filled in that people don't see."), marked("Your words are still here: send them once more.")),
    "ANSWER_TOO_LONG": (marked("That is too long for a text."), marked("Write at most 1,400 letters, or answer by mail.")),
    "CASE_MERGED": (marked("This case was merged into another."), marked("Go on in that one.")),
    "CASE_CLOSED": (marked("This case is closed."), marked("Note what the customer says now, which opens it again.")),
    "CASE_UNANSWERED": (
        marked("Something that the customer said waits for an answer."),
        marked("Answer it, or say how they were told; then close the case."),
    ),
    "CASE_CONTESTED": (marked("What the customer objects to isn’t decided yet."), marked("Decide each objection, then close the case.")),
    "OBJECTION_OPEN": (
        marked("This line was objected to before, and isn’t decided yet."),
        marked("The answer comes by the time that was promised; whoever wants to add something calls us."),
    ),
    "NOTHING_CONTESTED": (marked("This line costs nothing any more."), marked("There is nothing left to object to.")),
    "OBJECTION_DECIDED": (marked("Somebody has decided this in another way a moment ago."), marked("It stands below.")),
    "NOTHING_TO_REFUND": (
        marked("Nothing is left to pay back: the credit pays what is open."),
        marked("Decide it as credited."),
    ),
    "CREDIT_EXCEEDS_INVOICE": (marked("This is more than is left of the line."), marked("Write less: what was given back before counts.")),
    "CREDIT_BELOW_ITS_SHARE": (
        marked("So much of it had cost more than the sum that you wrote."),
        marked("Leave the sum empty, or write 0 as quantity where only money is given back."),
    ),
    "ANSWER_UNADDRESSED": (
        marked("We have no address or number of theirs for that way."),
        marked("Add one on their page, or tell them another way and say here which."),
    ),
    "CONTACT_UNKNOWN": (
        marked("This customer has no such person on file any more."),
        marked("Open the page again and choose from who is there now."),
    ),
    "OWNER_UNKNOWN": (
        marked("Whoever was chosen doesn’t work here any more."),
        marked("Choose somebody else, or a team."),
    ),
    "NOT_THE_CUSTOMERS": (
        marked("This place or thing isn’t this customer’s any more."),
        marked("Open the page again and choose from what is there now."),
    ),
    "ADDRESS_DOES_NOT_FIT": (
        marked("What they wrote from can’t be kept as an address or number of theirs."),
        marked("Leave that box empty, and add how they are reached on their page."),
    ),
    "REACH_ENDED": (
        marked("They were reached meanwhile, or there is nothing to tell them any more."),
        marked("What was said can be noted on the customer’s page."),
    ),
    "INBOUND_UNHEARD": (
        marked("What came in from them was heard."),
        marked("Leave the tick where they spoke to you."),
    ),
    "INVOICE_WRITTEN_OFF": (
        marked("This invoice, or the rest of it, was written off."),
        marked("Take the write-off back first."),
    ),
    "REFUND_WAY_UNCLEAR": (
        marked("It can’t go back to that card."),
        marked("Choose another way to pay it back."),
    ),
    "REFUND_BEYOND_PAYMENT": (
        marked("This is more than is left of what the card paid."),
        marked("Pay the rest back another way."),
    ),
    "CREDIT_NOT_CLEARED": (
        marked("This money came by a cheque that may bounce yet."),
        marked("Wait until the bank shows it, or say that it has cleared."),
    ),
    "CREDIT_OWED": (
        marked("The customer owes this; their credit pays that first."),
        marked("Pay back what is beyond what they owe."),
    ),
    "DUE_UNCLEAR": (
        marked("A promise is due later than now, and within a year."),
        marked("Choose a time to come, or none: then it is one that is likely to be kept."),
    ),
    "PROMISE_FOLLOWS_ITS_SUBJECT": (
        marked("This promise goes with its visit or incident."),
        marked("Move the visit, or say a new time for the incident: the promise follows."),
    ),
    "PROMISE_ENDED": (
        marked("This promise was kept, renewed or given up meanwhile."),
        marked("Make another if there is something to promise."),
    ),
    "NOTICE_NEEDED": (
        marked("Nobody can do without this."),
        marked("The law wants it told, somebody’s safety needs it, or they ask for it each time."),
    ),
    "IDEAS_ENOUGH": (
        marked("You have told us five ideas today."),
        marked("Tell us the next one tomorrow; your votes count today, too."),
    ),
    "ANSWERED_MEANWHILE": (
        marked("Somebody else answered this idea at the same moment."),
        marked("Read it again, and answer it where that is still wrong."),
    ),
    "CASES_APART": (
        marked("These don't go together."),
        marked("Choose some of the words, not all of them, or another case of the same customer."),
    ),
}

OBJECTED = {
    "not_ordered": marked("I didn’t order this"),
    "not_done": marked("This wasn’t done"),
    "badly_done": marked("This wasn’t done well"),
    "quantity": marked("It was less"),
    "price": marked("The price isn’t what was agreed"),
    "paid_before": marked("I have paid this already"),
    "else": marked("Something else"),
}
"""Why a line is objected to, as whoever objects says it."""

OUTCOMES = {
    "explained": marked("Explained: it stays as it is"),
    "credited": marked("Credited"),
    "refunded": marked("Credited and paid back"),
}

AGREED_BY = {
    "link": marked("by a link"),
    "on_device": marked("on our phone"),
    "paper": marked("on paper"),
    "oral_phone": marked("by telephone"),
    "oral_in_person": marked("in person"),
}
"""How something was shown or agreed to."""

CASE_KINDS = {
    "noted": marked("Remark for colleagues"),
    "fault": marked("It is about a fault"),
    "handed": marked("Handed over"),
    "joined": marked("Took another case in"),
    "merged": marked("Merged into another case"),
    "divided": marked("Some of it split off"),
    "split_off": marked("Split off another case"),
    "closed": marked("Closed"),
}
"""What was done with a case, where nothing was said."""

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
    "web": marked("on our pages"),
}
