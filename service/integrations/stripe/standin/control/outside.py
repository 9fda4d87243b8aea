"""Controls of the people and banks around the provider: customers, issuers, banks, whoever stands at a reader."""

from collections.abc import Awaitable, Callable
from typing import Literal, TypeVar

import msgspec

from service.integrations.stripe.standin.account import StandIn
from service.integrations.stripe.standin.control.machine import Nothing
from service.integrations.stripe.standin.nouns import (
    at_reader,
    attempts,
    disputes,
    intents,
    mandates,
    methods,
    payouts,
    refunds,
    sessions,
    setups,
    transfers,
    warnings,
)
from service.integrations.stripe.standin.state import Call, Thing

W = TypeVar("W")


class Pay(msgspec.Struct, forbid_unknown_fields=True):
    intent: str
    payment_method: str = "pm_card_visa"
    authenticates: bool = True


class Save(msgspec.Struct, forbid_unknown_fields=True):
    setup: str
    payment_method: str = "pm_card_visa"
    authenticates: bool = True


class Submit(msgspec.Struct, forbid_unknown_fields=True):
    session: str
    payment_method: str = "pm_card_visa"
    authenticates: bool = True


class FinishDebit(msgspec.Struct, forbid_unknown_fields=True):
    intent: str
    fails: bool = False


class Fund(msgspec.Struct, forbid_unknown_fields=True):
    intent: str
    amount: int


class OfRefund(msgspec.Struct, forbid_unknown_fields=True):
    refund: str


class FailRefund(msgspec.Struct, forbid_unknown_fields=True):
    refund: str
    reason: Literal[
        "charge_for_pending_refund_disputed", "declined", "expired_or_canceled_card", "insufficient_funds", "lost_or_stolen_card", "unknown"
    ] = "expired_or_canceled_card"


class Dispute(msgspec.Struct, forbid_unknown_fields=True):
    charge: str
    reason: str = "fraudulent"
    amount: int | None = None
    inquiry: bool = False


class Decide(msgspec.Struct, forbid_unknown_fields=True):
    dispute: str
    wins: bool


class OfDispute(msgspec.Struct, forbid_unknown_fields=True):
    dispute: str


class OfCharge(msgspec.Struct, forbid_unknown_fields=True):
    charge: str


class OfIntent(msgspec.Struct, forbid_unknown_fields=True):
    intent: str


class CloseReview(msgspec.Struct, forbid_unknown_fields=True):
    review: str
    reason: Literal["approved", "refunded", "refunded_as_fraud", "disputed"] = "approved"


class OfMandate(msgspec.Struct, forbid_unknown_fields=True):
    mandate: str


class OfMethod(msgspec.Struct, forbid_unknown_fields=True):
    payment_method: str


class DeclineMethod(msgspec.Struct, forbid_unknown_fields=True):
    payment_method: str
    decline_code: str | None = None


class FailPayout(msgspec.Struct, forbid_unknown_fields=True):
    payout: str
    code: Literal["account_closed", "could_not_process", "insufficient_funds", "no_account"] = "account_closed"


class OfReader(msgspec.Struct, forbid_unknown_fields=True):
    reader: str


class Switch(msgspec.Struct, forbid_unknown_fields=True):
    reader: str
    online: bool


def _act(wanted: type[W], act: Callable[[Call, W], object]) -> Callable[[StandIn, bytes], Awaitable[object]]:
    """A control that reads its order and lets it happen at the provider, events and all."""

    async def control(standin: StandIn, body: bytes) -> object:
        order = msgspec.json.decode(body, type=wanted)
        return await standin.act_outside(lambda call: act(call, order))

    return control


def _finish_debit(call: Call, order: FinishDebit) -> Thing:
    intent = intents.retrieve(call, order.intent)
    attempts.finish_debit(call, intent, fails=order.fails)
    for session in call.provider.all("checkout.session"):
        if session["payment_intent"] == intent["id"]:
            sessions.finish(call, session)
    return intent


def _switch(call: Call, order: Switch) -> Thing:
    reader = call.provider.find("terminal.reader", order.reader)
    reader["status"] = "online" if order.online else "offline"
    return reader


ACTS = {
    "pay": _act(Pay, lambda call, o: intents.pay_as_customer(call, o.intent, method=o.payment_method, authenticates=o.authenticates)),
    "setups/save": _act(
        Save, lambda call, o: setups.save_as_customer(call, o.setup, method=o.payment_method, authenticates=o.authenticates)
    ),
    "checkout/submit": _act(
        Submit, lambda call, o: sessions.submit(call, o.session, method=o.payment_method, authenticates=o.authenticates)
    ),
    "debits/finish": _act(FinishDebit, _finish_debit),
    "intents/fund": _act(Fund, lambda call, o: transfers.fund(call, o.intent, amount=o.amount)),
    "refunds/fail": _act(FailRefund, lambda call, o: refunds.fail(call, o.refund, reason=o.reason)),
    "refunds/need_customer": _act(OfRefund, lambda call, o: refunds.need_customer(call, o.refund)),
    "refunds/answered": _act(OfRefund, lambda call, o: refunds.answered(call, o.refund)),
    "disputes/open": _act(
        Dispute, lambda call, o: disputes.open_dispute(call, o.charge, reason=o.reason, amount=o.amount, inquiry=o.inquiry)
    ),
    "disputes/decide": _act(Decide, lambda call, o: disputes.decide(call, o.dispute, wins=o.wins)),
    "disputes/escalate": _act(OfDispute, lambda call, o: disputes.escalate(call, o.dispute)),
    "warnings/open": _act(OfCharge, lambda call, o: warnings.warn(call, o.charge)),
    "reviews/open": _act(OfIntent, lambda call, o: warnings.open_review(call, o.intent)),
    "reviews/close": _act(CloseReview, lambda call, o: warnings.close_review(call, o.review, reason=o.reason)),
    "mandates/withdraw": _act(OfMandate, lambda call, o: mandates.withdraw(call, o.mandate)),
    "payment_methods/renew": _act(OfMethod, lambda call, o: methods.renewed_by_issuer(call, o.payment_method)),
    "payment_methods/decline": _act(
        DeclineMethod, lambda call, o: methods.decline_from_now_on(call, o.payment_method, decline_code=o.decline_code)
    ),
    "payouts/now": _act(Nothing, lambda call, _: payouts.pay_out_now(call)),
    "payouts/fail": _act(FailPayout, lambda call, o: payouts.fail(call, o.payout, code=o.code)),
    "readers/switch": _act(Switch, _switch),
    "readers/walk_away": _act(OfReader, lambda call, o: at_reader.walk_away(call, o.reader)),
    "readers/double_offline": _act(OfIntent, lambda call, o: at_reader.double_offline(call, o.intent)),
}
