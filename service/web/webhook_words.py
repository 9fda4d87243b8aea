"""How webhooks are said to people: how they stand, how a message is, and what can't be done."""

from service.kit.words import marked

STANDING = {"active": marked("on"), "paused": marked("paused"), "ended": marked("ended")}
WHY_PAUSED = {
    "by_hand": marked("Somebody paused it."),
    "failing": marked("Nothing got through for three days."),
    "gone": marked("The program there answered that it is gone (410)."),
}
STATES = {"waiting": marked("is being tried"), "delivered": marked("arrived"), "failed": marked("given up")}
OUTCOMES = {
    "delivered": marked("taken"),
    "refused": marked("turned away"),
    "unavailable": marked("not reached, or not able now"),
    "unknown": marked("no answer in time"),
}
REFUSED = {
    "WEBHOOK_TARGET_REFUSED": (
        marked("Nothing is sent to this address."),
        marked("It begins with https://, is on the public Internet, and has neither a user name nor a password in it."),
    ),
    "WEBHOOKS_FULL": (marked("There are fifty webhooks, and more can’t be."), marked("End one that nobody needs any more.")),
    "WEBHOOK_ENDED": (marked("This webhook has ended."), marked("Add another.")),
    "WEBHOOK_PAUSED": (marked("It is paused, so nothing is sent."), marked("Resume it first.")),
    "SECRET_OUT_OF_TURN": (
        marked("Somebody else made a secret meanwhile."),
        marked("Look at the page again, and make another if you still need one."),
    ),
    "SCOPE_NOT_YOURS": (
        marked("It hears of more than you may see."),
        marked("Ask somebody who may see all that it hears of."),
    ),
}
