"""Card attempts, provider events, parked money."""

from uuid import UUID

from service.billing.queries import SQL
from service.billing.records.cards import CardAttempt, CardAttemptBegun, ParkedMoney
from service.billing.records.payments import PaymentOutcome

BEGIN_CARD_ATTEMPT = SQL.verb("begin_card_attempt", CardAttemptBegun)
MOVE_ATTEMPT = SQL.verb("move_attempt", PaymentOutcome)
FIND_ATTEMPT = SQL.query("find_attempt", CardAttempt)
ATTEMPT_OF_INTENT = SQL.query("attempt_of_intent", UUID)
ATTEMPTS_NOT_FINAL = SQL.query("attempts_not_final", CardAttempt)
LIST_PARKED = SQL.query("list_parked", ParkedMoney)
