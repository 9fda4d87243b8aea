"""Whatever is paid, refunded, disputed and paid out in whatever order: the balance is the sum of its movements, and no refund exceeds a charge."""

import asyncio
from typing import Any

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from service.integrations.stripe.standin.server import standin_in_process

CARDS = st.sampled_from(
    (
        "pm_card_visa",
        "pm_card_chargeDeclined",
        "pm_card_createDispute",
        "pm_card_refundFail",
        "pm_card_pendingRefund",
        "pm_card_bypassPending",
    )
)


class Ledger(RuleBasedStateMachine):
    """One account; each step is a call to its API or something that happens outside."""

    intents = Bundle("intents")

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.living = standin_in_process()
        self.standin = self.loop.run_until_complete(self.living.__aenter__())
        headers = {"authorization": f"Bearer {self.standin.api_key}"}
        self.http = httpx.AsyncClient(base_url=self.standin.url, transport=self.standin.transport, headers=headers)
        self.keys = 0

    def teardown(self) -> None:
        self.loop.run_until_complete(self.http.aclose())
        self.loop.run_until_complete(self.living.__aexit__(None, None, None))
        self.loop.close()

    def call(self, method: str, path: str, form: dict[str, str] | None = None, *, key: str | None = None) -> httpx.Response:
        headers = {} if key is None else {"idempotency-key": key}
        if method == "GET":
            return self.loop.run_until_complete(self.http.get(path, params=form, headers=headers))
        return self.loop.run_until_complete(self.http.post(path, data=form, headers=headers))

    def twice(self, path: str, form: dict[str, str]) -> Any:
        """Every call is made twice under its key: the second changes nothing and hears the same."""
        self.keys += 1
        first, again = (self.call("POST", path, form, key=f"key-{self.keys}") for _ in range(2))
        assert first.status_code < 500
        assert again.status_code == first.status_code
        if first.headers.get("idempotent-replayed") is None and "idempotent-replayed" in again.headers:
            assert again.content == first.content
        return first.json()

    def listed(self, path: str, **form: str) -> list[Any]:
        found: list[Any] = []
        while True:
            page = self.call("GET", path, {"limit": "100", **form, **({"starting_after": found[-1]["id"]} if found else {})}).json()
            found += page["data"]
            if not page["has_more"]:
                return found

    @rule(target=intents, card=CARDS, amount=st.integers(100, 50_000), manual=st.booleans())
    def pay(self, card: str, amount: int, manual: bool) -> str:
        form = {"amount": str(amount), "currency": "eur", "payment_method": card, "confirm": "true"}
        said = self.twice("/v1/payment_intents", {**form, **({"capture_method": "manual"} if manual else {})})
        return str((said.get("error", {}).get("payment_intent") or said)["id"])

    @rule(intent=intents, amount=st.integers(1, 60_000))
    def capture(self, intent: str, amount: int) -> None:
        self.twice(f"/v1/payment_intents/{intent}/capture", {"amount_to_capture": str(amount)})

    @rule(intent=intents)
    def cancel(self, intent: str) -> None:
        self.twice(f"/v1/payment_intents/{intent}/cancel", {})

    @rule(intent=intents, amount=st.none() | st.integers(1, 60_000))
    def refund(self, intent: str, amount: int | None) -> None:
        self.twice("/v1/refunds", {"payment_intent": intent, **({} if amount is None else {"amount": str(amount)})})

    @rule(intent=intents, amount=st.integers(1, 60_000), wins=st.booleans())
    def dispute(self, intent: str, amount: int, wins: bool) -> None:
        charge = self.call("GET", f"/v1/payment_intents/{intent}").json()["latest_charge"]
        made = self.control("disputes/open", charge=charge, amount=amount)
        if made.status_code == 200:
            self.control("disputes/decide", dispute=made.json()["id"], wins=wins)

    @rule(days=st.sampled_from((0.0001, 1, 3, 20)))
    def wait(self, days: float) -> None:
        self.control("clock", seconds=days * 24 * 3600)

    @rule()
    def pay_out(self) -> None:
        self.control("payouts/now")

    def control(self, name: str, **values: object) -> httpx.Response:
        return self.loop.run_until_complete(self.http.post(f"/_standin/{name}", json=values))

    @invariant()
    def the_balance_is_the_sum_of_its_movements(self) -> None:
        balance = self.call("GET", "/v1/balance").json()
        moved = self.listed("/v1/balance_transactions")
        for state in ("available", "pending"):
            told = sum(part["amount"] for part in balance[state])
            assert told == sum(one["net"] for one in moved if one["status"] == state)
        assert all(one["net"] == one["amount"] - one["fee"] for one in moved)

    @invariant()
    def no_refund_exceeds_what_was_captured(self) -> None:
        refunds = [one for one in self.listed("/v1/refunds") if one["status"] in {"succeeded", "pending"}]
        for charge in self.listed("/v1/charges"):
            given = sum(one["amount"] for one in refunds if one["charge"] == charge["id"])
            assert given <= charge["amount_captured"] <= charge["amount"]
            assert charge["amount_refunded"] <= charge["amount"]

    @invariant()
    def each_automatic_payout_is_what_it_carries(self) -> None:
        for payout in self.listed("/v1/payouts"):
            carried = self.listed("/v1/balance_transactions", payout=payout["id"])
            assert sum(one["net"] for one in carried if one["type"] != "payout") == payout["amount"]


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck))
