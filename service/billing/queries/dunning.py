"""Dunning."""

from uuid import UUID

from service.billing.queries import SQL
from service.billing.records.dunning import (
    DebtorsFound,
    DunningPolicy,
    HoldReceipt,
    Lapsed,
    PaymentPromiseReceipt,
    PolicySet,
    Standing,
    StepTaken,
    TakenStep,
)
from service.subscriptions.records import SubscriptionState

DUNNING_POLICY = SQL.query("dunning_policy", DunningPolicy)
SET_DUNNING_POLICY = SQL.verb("set_dunning_policy", PolicySet)
DUNNING_STANDING = SQL.query("dunning_standing", Standing)
DUNNED_CUSTOMERS = SQL.query("dunned_customers", UUID)
FIND_DEBTORS = SQL.verb("find_debtors", DebtorsFound)
DUNNING_HISTORY = SQL.query("dunning_history", TakenStep)
TAKE_DUNNING_STEP = SQL.verb("take_dunning_step", StepTaken)
REMIND_OF_CLAIM = SQL.verb("remind_of_claim", StepTaken)
CUT_OFF = SQL.verb("cut_off", SubscriptionState)
LAPSED_SERVICES = SQL.query("lapsed_services", Lapsed)
PLACE_DUNNING_HOLD = SQL.verb("place_dunning_hold", HoldReceipt)
RELEASE_DUNNING_HOLD = SQL.verb("release_dunning_hold", HoldReceipt)
PROMISE_PAYMENT = SQL.verb("promise_payment", PaymentPromiseReceipt)
