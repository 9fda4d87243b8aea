"""Payouts: what is available goes to the bank, by itself each day or when asked."""

from service.integrations.stripe.standin.faults import StripeFault
from service.integrations.stripe.standin.nouns.balances import move, sums
from service.integrations.stripe.standin.nouns.intents import currency_of
from service.integrations.stripe.standin.state import DATED, Call, Planned, Thing, matching, page

CREATE = frozenset({"amount", "currency", "description", "metadata", "statement_descriptor"})
UPDATE = frozenset({"metadata"})
CANCEL: frozenset[str] = frozenset()
LIST = DATED | {"status"}
BANK = "ba_sayso_stand_in"


def create(call: Call) -> Thing:
    """A payout of our own: what it's made of isn't told."""
    fields = call.fields
    amount, currency = fields.need_integer("amount", least=1, most=10**11), currency_of(fields)
    if call.provider.manners.payouts == "automatic":
        raise StripeFault(
            400, "Your account pays out automatically; create payouts yourself only with manual payouts.", code="payouts_not_allowed"
        )
    if amount > sums(call.provider)[currency]["available"]:
        raise StripeFault(400, "You have insufficient funds in your Stripe account for this payout.", code="balance_insufficient")
    return _leave(
        call,
        amount,
        currency,
        automatic=False,
        description=fields.text("description"),
        metadata=fields.metadata(),
        statement_descriptor=fields.text("statement_descriptor", longest=22),
    )


def pay_out(call: Call) -> None:
    """The automatic payout of a day: a payout for each currency in which something is there."""
    provider = call.provider
    for currency, amounts in sorted(sums(provider).items()):
        if amounts["available"] <= 0:
            continue
        carried = [
            one
            for one in provider.all("balance_transaction")
            if one["currency"] == currency and one["status"] == "available" and one["id"] not in provider.paid_out_by
        ]
        amount = sum(one["net"] for one in carried)
        if amount <= 0:
            continue
        payout = _leave(call, amount, currency, automatic=True, description="STRIPE PAYOUT", metadata={}, statement_descriptor=None)
        provider.paid_out_by.update({one["id"]: payout["id"] for one in carried})
        provider.paid_out_by[payout["balance_transaction"]] = payout["id"]


def _leave(
    call: Call,
    amount: int,
    currency: str,
    *,
    automatic: bool,
    description: str | None,
    metadata: dict[str, str],
    statement_descriptor: str | None,
) -> Thing:
    provider = call.provider
    payout = provider.keep(
        {
            "id": provider.new_id("po"),
            "object": "payout",
            "amount": amount,
            "application_fee": None,
            "application_fee_amount": None,
            "arrival_date": int(provider.clock.now() + provider.manners.arrives_after_s),
            "automatic": automatic,
            "balance_transaction": None,
            "created": provider.created(),
            "currency": currency,
            "description": description,
            "destination": BANK,
            "failure_balance_transaction": None,
            "failure_code": None,
            "failure_message": None,
            "livemode": False,
            "metadata": metadata,
            "method": "standard",
            "original_payout": None,
            "payout_method": None,
            "reconciliation_status": "in_progress" if automatic else "not_applicable",
            "reversed_by": None,
            "source_type": "card",
            "statement_descriptor": statement_descriptor,
            "status": "in_transit" if automatic else "pending",
            "trace_id": {"status": "pending", "value": None},
            "type": "bank_account",
        }
    )
    payout["balance_transaction"] = move(
        call, -amount, currency, kind="payout", category="payout", source=payout["id"], about=description or ""
    )["id"]
    call.tell("payout.created", payout)
    call.later(provider.manners.arrives_after_s, lambda later: _arrive(later, payout))
    return payout


def _arrive(call: Call, payout: Thing) -> None:
    if payout["status"] not in {"pending", "in_transit"}:
        return
    call.change(payout, "payout.updated", trace_id={"status": "supported", "value": f"SAYSO{payout['id'][-12:].upper()}"})
    call.change(payout, "payout.paid", status="paid")
    if payout["automatic"]:
        call.change(payout, "payout.reconciliation_completed", reconciliation_status="completed")


def fail(call: Call, payout_id: str, *, code: str) -> Thing:
    """The bank sends a payout back, also one that had arrived: the money is in the balance again."""
    payout = retrieve(call, payout_id)
    if payout["status"] in {"failed", "canceled"}:
        return payout
    previously = {"status": payout["status"]}
    payout["failure_balance_transaction"] = move(
        call, payout["amount"], payout["currency"], kind="payout_failure", category="payout_reversal", source=payout_id, at_once=True
    )["id"]
    payout.update(status="failed", failure_code=code, failure_message="The bank sent the payout back.")
    call.tell("payout.failed", payout, previously=previously)
    return payout


def cancel(call: Call, payout_id: str) -> Thing:
    payout = retrieve(call, payout_id)
    if payout["status"] != "pending" or payout["automatic"]:
        raise StripeFault(400, "Only a manual payout that is pending can be canceled.")
    payout["failure_balance_transaction"] = move(
        call, payout["amount"], payout["currency"], kind="payout_cancel", category="payout_reversal", source=payout_id, at_once=True
    )["id"]
    call.change(payout, "payout.canceled", status="canceled")
    return payout


def plan(call: Call) -> None:
    """Where payouts are automatic and money has come, one is planned."""
    provider = call.provider
    came, provider.money_came = provider.money_came, False
    if came and provider.manners.payouts == "automatic" and not any(isinstance(one, NextPayout) for one in provider.agenda):
        waits_s = provider.manners.available_after_s + provider.manners.payout_after_s
        provider.agenda.append(NextPayout(provider.clock.now() + waits_s, _pay_out_and_go_on))
        provider.clock.wake()


class NextPayout(Planned):
    """The one planned payout."""


def _pay_out_and_go_on(call: Call) -> None:
    pay_out(call)
    call.provider.money_came = any(one["pending"] > 0 for one in sums(call.provider).values())


def pay_out_now(call: Call) -> Thing:
    """All that is pending becomes available and is paid out; answers the payouts made."""
    before = set(call.provider.things["payout"])
    for one in call.provider.all("balance_transaction"):
        one["status"] = "available"
    pay_out(call)
    made = [one for one in call.provider.all("payout") if one["id"] not in before]
    return {"object": "list", "data": made, "has_more": False, "url": "/v1/payouts"}


def retrieve(call: Call, payout_id: str) -> Thing:
    return call.provider.find("payout", payout_id, param="payout")


def update(call: Call, payout_id: str) -> Thing:
    payout = retrieve(call, payout_id)
    call.change(payout, "payout.updated", metadata=call.fields.changed_metadata(payout))
    return payout


def list_payouts(call: Call) -> Thing:
    return page(matching(call, "payout", LIST - DATED), call.fields, url="/v1/payouts", noun="payout")
