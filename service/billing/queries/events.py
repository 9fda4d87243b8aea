"""Events of the provider, and disputes."""

from datetime import datetime

from service.billing.queries import SQL
from service.billing.records.events import DisputeHeard, DisputeNow, EventSettled, KeptEvent, PaymentOfIntent, UnappliedRow, WaitingEvent

KEEP_EVENT = SQL.verb("keep_event", KeptEvent)
SETTLE_WAITING = SQL.verb("settle_waiting", EventSettled)
WAITING_DUE = SQL.query("waiting_due", WaitingEvent)
FIND_WAITING = SQL.query("find_waiting", WaitingEvent)
LIST_UNAPPLIED = SQL.query("list_unapplied", UnappliedRow)
EVENTS_READ_UNTIL = SQL.query("events_read_until", datetime)
KNOWN_EVENTS = SQL.query("known_events", str)
MOVE_EVENT_CURSOR = SQL.verb("move_event_cursor", KeptEvent)
PAYMENT_OF_INTENT = SQL.query("payment_of_intent", PaymentOfIntent)
NOTE_DISPUTE = SQL.verb("note_dispute", DisputeHeard)
LIST_DISPUTES = SQL.query("list_disputes", DisputeNow)
WITHDRAW_DISPUTED = SQL.verb("withdraw_disputed", DisputeHeard)
