"""Balance transactions: every movement of the account's money, its fee, and when it can be paid out. The balance is their sum."""

from collections import defaultdict

from service.integrations.stripe.standin.faults import StripeFault
from service.integrations.stripe.standin.nouns.cards import card_of
from service.integrations.stripe.standin.state import DATED, Call, Provider, Thing, matching, page

LIST = DATED | {"currency", "payout", "source", "type"}


def move(
    call: Call, amount: int, currency: str, *, kind: str, category: str, source: str, fee: int = 0, at_once: bool = False, about: str = ""
) -> Thing:
    """One movement: money in is pending for some days, money out leaves at once."""
    provider = call.provider
    waits_s = 0.0 if amount < 0 or at_once else provider.manners.available_after_s
    transaction = provider.keep(
        {
            "id": provider.new_id("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": int(provider.clock.now() + waits_s),
            "balance_type": "payments",
            "created": provider.created(),
            "currency": currency,
            "description": about or None,
            "exchange_rate": None,
            "fee": fee,
            "fee_details": []
            if fee == 0
            else [
                {"amount": fee, "application": None, "currency": currency, "description": "Stripe processing fees", "type": "stripe_fee"}
            ],
            "net": amount - fee,
            "reporting_category": category,
            "source": source,
            "status": "pending" if waits_s else "available",
            "type": kind,
        }
    )
    if amount > 0:
        provider.money_came = True
    if waits_s:
        call.later(waits_s, lambda _: transaction.update(status="available"))
    return transaction


def fee_for(provider: Provider, charge: Thing) -> int:
    """Rounded half up to the smallest unit, never more than the charge."""
    manners, kind = provider.manners, charge["payment_method_details"]["type"]
    millis, fixed = {
        "card": (manners.card_fee_millis, manners.card_fee_minor),
        "card_present": (manners.terminal_fee_millis, manners.terminal_fee_minor),
        "sepa_debit": (0, manners.debit_fee_minor),
        "customer_balance": (0, manners.debit_fee_minor),
    }[kind]
    return min(int(charge["amount_captured"]), (int(charge["amount_captured"]) * millis + 500) // 1000 + fixed)


def book_charge(call: Call, charge: Thing) -> None:
    """The balance transaction of a charge that brought money."""
    card = card_of(call.provider, charge["payment_method"])
    charge["balance_transaction"] = move(
        call,
        charge["amount_captured"],
        charge["currency"],
        kind="payment" if card.is_account else "charge",
        category="charge",
        source=charge["id"],
        fee=fee_for(call.provider, charge),
        at_once=card.settles_at_once,
        about=charge["description"] or "",
    )["id"]


def sums(provider: Provider) -> dict[str, dict[str, int]]:
    """Currency → what is available and what is pending."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"available": 0, "pending": 0})
    for transaction in provider.all("balance_transaction"):
        found[transaction["currency"]][transaction["status"]] += transaction["net"]
    return found


def retrieve_balance(call: Call) -> Thing:
    found = sums(call.provider)

    def parts(state: str) -> list[Thing]:
        told = [{"amount": one[state], "currency": currency, "source_types": {"card": one[state]}} for currency, one in found.items()]
        return told or [{"amount": 0, "currency": "eur", "source_types": {"card": 0}}]

    return {"object": "balance", "available": parts("available"), "livemode": False, "pending": parts("pending")}


def retrieve(call: Call, transaction_id: str) -> Thing:
    return call.provider.find("balance_transaction", transaction_id)


def list_transactions(call: Call) -> Thing:
    fields, provider = call.fields, call.provider
    payout = fields.text("payout")
    if payout is not None and not provider.find("payout", payout, param="payout")["automatic"]:
        raise StripeFault(400, "Balance transaction history can only be filtered on automatic transfers, not manual.", param="payout")
    found = [
        one
        for one in matching(call, "balance_transaction", ("currency", "source", "type"))
        if payout in {None, provider.paid_out_by.get(one["id"])}
    ]
    return page(found, fields, url="/v1/balance_transactions", noun="balance_transaction")
