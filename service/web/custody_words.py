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
}
