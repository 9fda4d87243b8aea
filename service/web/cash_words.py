"""How codes of cash are said to people."""

from service.kit.words import marked

DIFFERENCE_REASONS = {
    "short": marked("There was too little"),
    "over": marked("There was too much"),
    "counterfeit": marked("Counterfeit"),
    "miscounted": marked("The agent miscounted"),
    "stolen": marked("Stolen"),
    "other": marked("Another reason"),
}
HAPPENINGS = {
    "collected": marked("Collected"),
    "corrected": marked("Corrected to"),
    "taken_back": marked("Taken back"),
    "handed_in": marked("Handed in"),
    "taken_over": marked("Taken over"),
    "paid_out": marked("Paid out"),
    "accepted": marked("Counted and accepted"),
    "difference": marked("Difference"),
    "settled": marked("Difference settled"),
}
WAYS = {
    "charged": marked("The agent owes it"),
    "written_off": marked("The company bears it"),
    "turned_up": marked("It has turned up"),
    "given_back": marked("It was given back"),
}
"""What becomes of a difference."""
