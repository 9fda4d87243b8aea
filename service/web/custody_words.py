"""How devices that are here are said to people."""

from service.kit.words import marked

BENCH_STATES = {
    "received": marked("received"),
    "waiting": marked("waits for the bench"),
    "diagnosing": marked("being diagnosed"),
    "waiting_approval": marked("waits for the customer’s word"),
    "approved": marked("authorised"),
    "declined": marked("declined"),
    "repairing": marked("being repaired"),
    "testing": marked("being tested"),
    "ready": marked("ready"),
    "handed_back": marked("handed back"),
    "scrapped": marked("disposed of"),
}

STEPS_TO = {
    "waiting": marked("It waits for the bench"),
    "diagnosing": marked("Diagnose it"),
    "declined": marked("The customer said no"),
    "repairing": marked("Repair it"),
    "testing": marked("Test it"),
    "ready": marked("It is ready"),
}
"""What whoever works on a device says next, where nothing else has to be said with it."""

RETIRED = {"lost": marked("lost"), "worn_out": marked("worn out"), "sold": marked("sold")}
LOAN_MOVES = {"lent": marked("lent"), "returned": marked("came back"), "retired": marked("lent no more")}
CUSTODY_REFUSED = {
    "NOT_SIGNED": (marked("Both have to sign."), marked("Draw both signatures: the customer’s, and yours. Nothing was recorded.")),
    "SIGNATURE_UNFIT": (marked("That isn’t a signature."), marked("Wipe it, and sign once more in the box. Nothing was recorded.")),
    "DEVICE_HERE": (marked("This device is here already."), marked("Look on the list of devices where it is.")),
    "DEVICE_DISPOSED_OF": (marked("This device was disposed of."), marked("If another one was brought, write it down as another one.")),
    "DEVICE_MOVED": (
        marked("Somebody else was faster: it is in another hand since."),
        marked("Below is who holds it now. Nothing was recorded."),
    ),
    "DEVICE_HANDED_BACK": (marked("It isn’t here any more."), marked("Take it in again if its owner brings it.")),
    "DEVICE_BEING_WORKED_ON": (marked("It is open on the bench."), marked("Say that it is ready first, repaired or not.")),
    "NOT_THE_HOLDER": (marked("You don’t hold this device."), marked("Take it in hand first. Nothing was recorded.")),
    "NOT_OFFERED": (marked("Whoever holds it hasn’t offered it to you."), marked("Ask them to hand it to you on this page.")),
    "HOLDER_ACTIVE": (
        marked("Whoever holds it works here and can give it."),
        marked("Have them hand it to you, or take it from its place."),
    ),
    "BENCH_MOVE_UNFIT": (marked("That doesn’t follow how the device stands."), marked("Below is how it stands now. Nothing was recorded.")),
    "DISPOSAL_NOT_AGREED": (
        marked("The customer hasn’t agreed that this device is disposed of."),
        marked("Offer the disposal on this page, and go on once they have said yes."),
    ),
    "LOANER_OUT": (marked("This loaner is with a customer."), marked("Choose another one. Nothing was recorded.")),
    "LOANER_NOT_OUT": (marked("This loaner is back already."), marked("Look on the list of loaners with whom it is.")),
    "LOANER_RETIRED": (
        marked("This loaner is lent no more."),
        marked("Choose another one; one that was found again is added anew, under another name."),
    ),
    "LOANER_EXISTS": (
        marked("A loaner has this name already."),
        marked("Name this one so that people tell them apart: by a number on it."),
    ),
    "BENCH_PLACE_EXISTS": (marked("A place has this name already."), marked("Use it, or name this one so that people tell them apart.")),
}
"""How what is asked of devices is refused, to people."""
