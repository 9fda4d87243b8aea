"""How codes are said to people: states, steps, units, conditions, and facts as one sentence each."""

from service.care.records import Entry
from service.web.languages import marked, text

STATES = {
    "held": marked("held"),
    "booked": marked("booked"),
    "dispatched": marked("sent to you"),
    "accepted": marked("accepted"),
    "en_route": marked("on the way"),
    "on_site": marked("on site"),
    "working": marked("working"),
    "paused": marked("paused"),
    "completed": marked("done"),
    "partly_completed": marked("partly done"),
    "could_not_complete": marked("could not be done"),
    "no_access": marked("no access"),
    "cancelled": marked("cancelled"),
}

STEP_NAMES = {
    "accept": marked("Accept"),
    "set-out": marked("Set out"),
    "arrive": marked("I am there"),
    "no-access": marked("Nobody lets me in"),
    "pause": marked("Pause"),
    "resume": marked("Go on"),
    "complete": marked("Done"),
}

SERVICE_STATES = {"active": marked("active"), "suspended": marked("suspended"), "ended": marked("ended")}

CONDITIONS = {
    "new": marked("new"),
    "used": marked("used"),
    "rebuilt": marked("rebuilt"),
    "oem": marked("original part"),
    "non_oem": marked("not an original part"),
}

UNITS = {"EA": "×", "C62": "×", "HUR": "h", "MIN": "min", "MON": "×", "KMT": "km", "MTR": "m", "LTR": "l", "KGM": "kg"}
"""UN/ECE Recommendation 20 codes as people write them."""

FACTS = {
    "customer_added": marked("Customer added"),
}
"""What each kind of fact is called on a timeline."""


def said(names: dict[str, str], language: str) -> dict[str, str]:
    """The same names in a language."""
    return {code: text(language, name) for code, name in names.items()}


def sentence_of(entry: Entry, *, language: str) -> str:
    """A fact as a short sentence; a kind without words of its own is said by its name."""
    known = FACTS.get(entry.kind)
    return text(language, known) if known else entry.kind.replace("_", " ").capitalize()
