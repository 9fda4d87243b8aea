"""How a refusal is said to people: what it is, and what they can do. The API's own sentences are for programs."""

from service.kit.refusals import Refusal
from service.kit.words import marked
from service.web.care_words import CASES_REFUSED
from service.web.custody_words import CUSTODY_REFUSED
from service.web.languages import text
from service.web.webhook_words import REFUSED as WEBHOOKS_REFUSED

JOB_OVER = (marked("This job is closed or cancelled."), marked("Ask the office to open a new one for what is still to be done."))
OVER = {
    "closed": (
        marked("This job is over."),
        marked("It was closed or cancelled, so nothing more can be agreed to here. Call us if something is still to be done."),
    ),
    "expired": (
        marked("This offer is no longer open."),
        marked("The time to answer is over. Call us and we send you a fresh one."),
    ),
    "superseded": (
        marked("This offer was changed."),
        marked("A newer version replaces it, and nothing was agreed here. Ask us for the new link."),
    ),
    "locked": (
        marked("This offer can't be answered here any more."),
        marked("Too many wrong codes were tried. Nothing was agreed. Call us and we send you a fresh one."),
    ),
}
"""What an offer's page says once it can't be answered there any more, by the state of its showing."""
SAID = {
    **CASES_REFUSED,
    **WEBHOOKS_REFUSED,
    **CUSTODY_REFUSED,
    "ZONE_UNKNOWN": (marked("We don’t know the clock of that place."), marked("Choose one of the list.")),
    "DOOR_TAKEN": (marked("Mail for this address is taken in already."), marked("Name another one; an address belongs to one company.")),
    "STILL_SENDS": (marked("Your mail is from this address."), marked("Send it from another one first, or from the operator’s.")),
    "SENDER_UNWRITABLE": (
        marked("No mail can be from this address."),
        marked("Choose one of plain letters, such as help@company.example."),
    ),
    "ADDRESS_UNPROVEN": (
        marked("Nobody has shown yet that this address is yours."),
        marked("Have a code sent there, and type it here."),
    ),
    "MAIL_CODES_USED_UP": (
        marked("Ten codes were sent within a day."),
        marked("Type one of those that were mailed, or wait until tomorrow."),
    ),
    "MAIL_CODE_WRONG": (
        marked("This isn’t a code that went to this address within a day."),
        marked("Type it as it stands in the last mail that went there, or have another one sent."),
    ),
    "PERSON_NEEDED": (marked("A code is sent for a person."), marked("Sign in as yourself.")),
    "NOTICE_RULE_UNFIT": (
        marked("It can’t be told so."),
        marked(
            "Choose each way once, leave one where the law, safety or their own asking wants it told, and set both ends of the night or neither."
        ),
    ),
    "JOB_NOT_OPEN": JOB_OVER,
    "MATTER_CLOSED": JOB_OVER,
    "NOT_ALLOWED": (
        marked("Your roles don't open this page."),
        marked("Go back, or ask a manager for the role that it needs."),
    ),
    "INCIDENT_UNCLEAR": (
        marked("It isn't clear whom this reaches, or until when."),
        marked("Name services, or the one in the middle with how far around, and a time to come, 90 days ahead at most."),
    ),
    "EVENT_UNCLEAR": (marked("This event can't be from then until then."), marked("It ends after it begins, sixty days later at most.")),
    "INCIDENT_OVER": (marked("This incident is over."), marked("Declare another.")),
    "INCIDENT_FULL": (marked("Somebody else widened it at this moment, or it can hold no more."), marked("Try again, or declare another.")),
    "INVOICE_UNKNOWN": (
        marked("There is no invoice with this number."),
        marked("Write the number as it stands on the invoice. Nothing was recorded."),
    ),
    "REFERENCE_UNKNOWN": (
        marked("There is no service and no customer with such a reference."),
        marked("Write references as they stand on file, one a line."),
    ),
    "PLACE_UNKNOWN": (
        marked("Where this service is isn't on file as a point on the map."),
        marked("Name the services one by one, or give its site coordinates."),
    ),
    "CHEQUE_OF_ANOTHER": (
        marked("A cheque of this bank and number was received from another customer."),
        marked(
            "Compare the papers. If it is the same one, the office takes the wrong entry back; another drawer's is recorded by the office."
        ),
    ),
    "NOTHING_OPEN": (marked("Nothing of this invoice is open."), marked("It is paid or credited, or written off already.")),
    "NOTHING_TO_CHARGE": (
        marked("Nothing is to be charged anew here."),
        marked("It is paid, contested or promised, or its charge is announced or running already."),
    ),
    "NO_SAVED_METHOD": (
        marked("This customer has saved no card or account, or none that is in force."),
        marked("Send them a link, so that they save one."),
    ),
    "METHOD_REFUSED": (
        marked("The bank refused this card or account for good."),
        marked("Send the customer a link, so that they save another."),
    ),
    "AGREEMENT_MISSING": (marked("Say who of them agreed to another charge."), marked("Write who, when and how, in 10 to 500 letters.")),
    "WRITE_OFF_PROPOSED": (marked("This was proposed before."), marked("It waits for somebody who may approve it.")),
    "WRITE_OFF_DECIDED": (marked("Somebody has decided otherwise meanwhile."), marked("Look at it as it is now.")),
    "WRITTEN_OFF_BY_SOMEBODY_ELSE": (marked("You proposed this yourself."), marked("Somebody else who may approve it has to.")),
    "WRITE_OFF_OUTDATED": (marked("Another amount is open by now."), marked("Say no to it, and propose what is open now.")),
    "CREDIT_PAYS_FIRST": (
        marked("The customer has credit."),
        marked("It pays by itself within a minute; propose what is still open then."),
    ),
    "BANK_SUGGESTION_CHANGED": (marked("It has changed meanwhile."), marked("Nothing was posted. Look at it as it is now.")),
    "BANK_LINE_MATCHED": (
        marked("Nothing of this line is open any more."),
        marked("Somebody may have been faster. Undo what was made of it first."),
    ),
    "BANK_LINE_STOOD_ON": (
        marked("Another line shows what became of this money."),
        marked("Undo that line first: money that went out again, or that came in before."),
    ),
    "DIFFERENCE_SETTLED": (marked("What the bank counted otherwise is settled."), marked("The match of this deposit stays as it is.")),
    "BANK_MATCH_DIFFERS": (marked("The amounts don't fit."), marked("The parts together are at most what is open of the line.")),
    "CHEQUE_TAKEN_BACK": (marked("This cheque was recorded by mistake and taken back."), marked("Record it as it is.")),
    "CHEQUE_BOUNCED": (marked("This cheque bounced."), marked("Don’t take it again; take other money.")),
    "CHEQUE_CLEARED": (marked("This cheque cleared before."), marked("Look at it as it is now.")),
    "CHEQUE_NOT_CLEARED": (marked("This cheque is on its way."), marked("Look at it as it is now.")),
    "PAYMENT_ON_BANK_LINE": (
        marked("A line of the bank shows it."),
        marked("Undo that line, or match the line that takes the money back."),
    ),
    "CREDIT_ALREADY_USED": (
        marked("Not as much is left of the customer’s credit."),
        marked("It has paid something since, or was paid out. Take that back first, or name less."),
    ),
    "REFUND_SETTLED": (marked("This refund has ended another way."), marked("Look at it as it is now. Nothing was paid.")),
    "REFUND_DIFFERS": (
        marked("This was set aside before, with something else in it."),
        marked("Open the page again and look what is there."),
    ),
    "COMPENSATION_NOT_DUE": (marked("Nothing is due for this."), marked("The page says why. Nothing was given.")),
    "COMPENSATION_KNOWN": (marked("Somebody has given it at this moment."), marked("Look at it as it is now.")),
    "FAULT_NOT_REPORTED": (
        marked("Nobody told us of it that we know of."),
        marked("Note when they told us, then give it. Nothing was given."),
    ),
    "APPOINTMENT_NOT_MISSED": (
        marked("This appointment wasn’t missed."),
        marked("It was kept or called off, or may be kept yet. Nothing was given."),
    ),
    "REPORT_UNCLEAR": (marked("They can’t have told us then."), marked("Name a time up to now, 100 days ago at most.")),
    "OUTAGE_UNCLEAR": (
        marked("It can’t have been without service from then until then."),
        marked("It ends after it begins and before now, 90 days later at most."),
    ),
    "DISPUTE_NOT_OPEN": (marked("The bank takes no evidence of this dispute any more."), marked("It has some already, or has decided.")),
    "DISPUTE_TOO_LATE": (marked("The day until which the bank took evidence is over."), marked("Nothing can be sent any more.")),
    "PAYER_UNCLEAR": (
        marked("It isn’t clear whose this money is."),
        marked("Write the number of an invoice, or a customer’s whole reference or name. Nothing was posted."),
    ),
    "TASK_NOT_DEAD": (marked("This is being tried again already."), marked("Look again in a minute.")),
    "CARDS_NOT_SET_UP": (marked("No card payments are set up here."), marked("Ask whoever runs this to set the payment provider’s key.")),
    "PROVIDER_SILENT": (marked("The payment provider gave no answer."), marked("Try it again in a minute.")),
    "MATTER_UNCLEAR": (
        marked("The disputed payment isn’t for one job."),
        marked("Whoever works with the API can say which job’s proof is to be sent."),
    ),
    "NOT_YOUR_VISIT": (marked("This visit is another technician's."), marked("Ask dispatch to move it to you.")),
    "NOT_AUTHENTICATED": (
        marked("This link isn't right."),
        marked("Look whether it was copied whole, or ask the company that sent it for a fresh one."),
    ),
    "LINK_GONE": (
        marked("This link has expired or was taken back."),
        marked("Ask the company for a fresh one; its telephone number stands in the message."),
    ),
    "NOT_FOUND": (
        marked("There is no such thing here for you."),
        marked("It may be another company's, or its address wasn't copied whole."),
    ),
    "PLAN_OUTDATED": (marked("The day has moved meanwhile, so nothing of this was published."), marked("Have it proposed anew.")),
    "PROMISES_WOULD_BREAK": (
        marked("It would break promises that you didn’t say may be broken."),
        marked("Call each of the customers that it names, tick them, and publish it then."),
    ),
    "PLAN_NOT_IN_STATE": (marked("Somebody has published or dropped this plan meanwhile."), marked("Look at the day as it is now.")),
    "TECHNICIAN_BUSY": (
        marked("Visits stand in that time."),
        marked("Give them to somebody else or cancel them, then record the absence."),
    ),
    "ALREADY_ABSENT": (marked("They are away then already."), marked("Nothing is to be done.")),
    "VISIT_WAITS": (
        marked("This visit waits for a known incident to end, which explains what it is for."),
        marked("Leave it until then. A dispatcher can have it go ahead all the same."),
    ),
    "VISIT_NOT_IN_STATE": (marked("The visit has moved on meanwhile."), marked("Look how it stands now, and go on from there.")),
    "WORK_NOT_AUTHORISED": (
        marked("The customer hasn't agreed to this work, so it can't start."),
        marked("Offer it, let the customer say yes, then start what was agreed."),
    ),
    "ITEM_IS_SUPPLIED": (
        marked("This item is supplied by a subscription, not worked on."),
        marked("Nothing has to be recorded for it."),
    ),
    "CARD_NUMBER": (
        marked("A text holds what looks like a card number, which is never kept here."),
        marked("Leave it out; cards are taken on the payment provider's own page."),
    ),
    "DIFFERENCE_UNEXPLAINED": (
        marked("Your count isn't the other one."),
        marked("Count again. If it stays as it is, say why the counts may differ."),
    ),
    "REASON_DOES_NOT_FIT": (
        marked("That reason doesn't fit how the counts differ."),
        marked("Count again, or choose another reason; another reason than those needs words."),
    ),
    "COUNTED_TOO_OFTEN": (
        marked("You have counted this five times with a different outcome each time."),
        marked("Accept it as you counted it last, with a reason, or let somebody else count."),
    ),
    "MORE_THAN_HELD": (
        marked("This is more than you hold by the books."),
        marked("Record the collections that are missing first, or count again."),
    ),
    "INVALID_DOCUMENT": (
        marked("Something in the form can't be right."),
        marked("Look for what is empty or longer than fits, and write amounts as numbers: 49.90 or 49,90. Nothing was recorded."),
    ),
    "QUANTITY_NOT_EXACT": (marked("The quantity has too many digits."), marked("Write at most six after the point.")),
    "BOOK_ITEM_NOT_FOUND": (
        marked("The price book has this item no more."),
        marked("Open the visit again and choose from what is there now."),
    ),
    "CURRENCY_MISMATCH": (
        marked("This item has its price in another currency than the job."),
        marked("Choose another, or ask the office."),
    ),
    "CHEQUE_DATE_UNLIKELY": (
        marked("This cheque is dated more than a year from now."),
        marked("Look at the day, the month and the year that are written on it."),
    ),
    "TAKER_NOT_ALLOWED": (
        marked("Whoever took it isn’t on the list of those who may take cash."),
        marked("The office puts them on it, or takes the money in itself."),
    ),
    "CURRENCY_DIFFERS": (marked("The invoice is in another currency than the money."), marked("Ask the office how to record it.")),
    "CONTACT_NOT_FOUND": (marked("This customer has no such contact."), marked("Ask the office to add the person first.")),
    "CONTACT_UNREACHABLE": (
        marked("This person has no e-mail address here."),
        marked("Let them tap or sign on this phone, or choose somebody with an address."),
    ),
    "VISIT_ELSEWHERE": (
        marked("This visit is about something else, or to somebody else."),
        marked("Do it from the visit that it belongs to."),
    ),
    "OFFER_EXPIRED": (marked("The time until which this offer holds is over."), marked("Write it anew with a later end, and show that.")),
    "OFFER_CHANGED": (marked("The offer was changed meanwhile."), marked("Open the visit again and look at it anew.")),
    "STALE_VERSION": (marked("It has changed meanwhile."), marked("Open the page again and look what is there.")),
    "CAPACITY_MOVED": (marked("Something else was agreed, done or billed here at the same moment."), marked("Send it once more.")),
    "ID_TAKEN": (marked("This was recorded before, with something else in it."), marked("Open the page again and look what is there.")),
    "PAYMENT_DIFFERS": (
        marked("This payment was recorded before, with something else in it."),
        marked("Open the visit again and look what is there before you take more money."),
    ),
    "PHOTO_UNREADABLE": (
        marked("This file isn't a photo that can be kept."),
        marked("Take it again, or choose a JPEG, PNG or WebP picture of at most 12 MB."),
    ),
    "BODY_TOO_LARGE": (marked("This is too large to send."), marked("Choose a photo of at most 12 MB.")),
    "PHOTOS_USED_UP": (marked("This job has 500 photos already."), marked("No more can be kept with it.")),
    "PHOTO_NOT_FOUND": (
        marked("One of the photos isn't there any more."),
        marked("Open the visit again and choose from what is there now."),
    ),
    "QUESTION_REPLIED": (
        marked("This question was replied to before."),
        marked("The reply that stands is shown with it. Call or write to the customer to add to it."),
    ),
    "REPLY_MISSING": (marked("There is no reply in this form."), marked("Write one of at most 2,000 letters.")),
    "CURSOR_INVALID": (marked("This part of the list isn't there."), marked("Begin again with the newest.")),
    "SENT_FROM_ELSEWHERE": (marked("This form was sent from another site."), marked("Open the page itself and send its form.")),
    "TOO_MANY_REQUESTS": (marked("That was too often in a short time."), marked("Wait a minute, then try again.")),
    "BUSY": (marked("This can't be done right now; nothing was changed."), marked("Try again in a moment.")),
    "OUTCOME_UNKNOWN": (
        marked("The connection was lost before we heard whether it was recorded."),
        marked("Open the page again and look whether it is there."),
    ),
}
OTHERWISE = (marked("This can't be done."), marked("Nothing was changed. Ask the office if you think that it should."))
"""For what no page of ours leads to."""


def said_to_people(refusal: Refusal, *, language: str) -> tuple[str, str]:
    """What it is, and what to do, in a language."""
    what, to_do = SAID.get(refusal.code, OTHERWISE)
    return text(language, what), text(language, to_do)
