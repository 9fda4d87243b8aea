"""Drives a stand-in over HTTP, whether it runs in this process or elsewhere."""

from types import TracebackType
from typing import Any, Literal, Self

import httpx

from service.integrations.stripe.standin.deliveries import Signature
from service.integrations.stripe.standin.faults import How


class StandinRefused(Exception):
    """The stand-in understood a control and says no; the error is Stripe-shaped."""

    def __init__(self, status: int, error: dict[str, Any]) -> None:
        super().__init__(f"{status}: {error.get('message')}")
        self.status = status
        self.error = error


class Standin:
    """The controls of one stand-in. An async context manager: it holds a connection."""

    def __init__(self, *, url: str, api_key: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.url = url
        self.api_key = api_key
        self.transport = transport
        """Nothing where the stand-in is on a socket."""
        self._http = httpx.AsyncClient(base_url=url, trust_env=False, timeout=30.0, transport=transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._http.aclose()

    async def _post(self, name: str, **values: object) -> dict[str, Any]:
        answer = await self._http.post(f"/_standin/{name}", json={key: value for key, value in values.items() if value is not None})
        if answer.status_code != 200:
            raise StandinRefused(answer.status_code, answer.json()["error"])
        return dict(answer.json())

    async def register(self, *, url: str, secret: str | None = None, enabled_events: list[str] | None = None) -> dict[str, Any]:
        """A webhook endpoint; the answer holds its id and secret."""
        return await self._post("webhook_endpoints", url=url, secret=secret, enabled_events=enabled_events)

    async def roll_secret(self, *, endpoint: str, expire_old: bool = False) -> str:
        """The new secret; the old one also signs, unless it expires at once."""
        return str((await self._post("webhook_endpoints/roll", endpoint=endpoint, expire_old=expire_old))["secret"])

    async def pay(self, *, intent: str, payment_method: str = "pm_card_visa", authenticates: bool = True) -> dict[str, Any]:
        """Pays as the customer would on the payment page; a declined card raises `StandinRefused`."""
        return await self._post("pay", intent=intent, payment_method=payment_method, authenticates=authenticates)

    async def save(self, *, setup: str, payment_method: str = "pm_card_visa", authenticates: bool = True) -> dict[str, Any]:
        """Saves a method by a setup intent, as the customer would on the page; a refusal raises `StandinRefused`."""
        return await self._post("setups/save", setup=setup, payment_method=payment_method, authenticates=authenticates)

    async def submit(self, *, session: str, payment_method: str = "pm_card_visa", authenticates: bool = True) -> dict[str, Any]:
        """Submits a checkout session as the customer would; a declined card raises `StandinRefused`."""
        return await self._post("checkout/submit", session=session, payment_method=payment_method, authenticates=authenticates)

    async def finish_debit(self, *, intent: str, fails: bool = False) -> dict[str, Any]:
        """The bank answers about a debit that is processing."""
        return await self._post("debits/finish", intent=intent, fails=fails)

    async def fund(self, *, intent: str, amount: int) -> dict[str, Any]:
        """A bank transfer of the customer's arrives for an intent: a part of it, or the last."""
        return await self._post("intents/fund", intent=intent, amount=amount)

    async def fail_refund(self, *, refund: str, reason: str | None = None) -> None:
        await self._post("refunds/fail", refund=refund, reason=reason)

    async def need_customer(self, *, refund: str) -> dict[str, Any]:
        """A refund that waits can't go back as it came: its customer is asked where it goes."""
        return await self._post("refunds/need_customer", refund=refund)

    async def answer_refund(self, *, refund: str) -> dict[str, Any]:
        """The customer said where the refund goes."""
        return await self._post("refunds/answered", refund=refund)

    async def dispute(self, *, charge: str, reason: str = "fraudulent", amount: int | None = None, inquiry: bool = False) -> dict[str, Any]:
        """The cardholder's bank disputes a charge; an inquiry takes no money yet."""
        return await self._post("disputes/open", charge=charge, reason=reason, amount=amount, inquiry=inquiry)

    async def decide(self, *, dispute: str, wins: bool) -> dict[str, Any]:
        """The bank decides a dispute, for us or against."""
        return await self._post("disputes/decide", dispute=dispute, wins=wins)

    async def escalate(self, *, dispute: str) -> dict[str, Any]:
        """An inquiry becomes a chargeback."""
        return await self._post("disputes/escalate", dispute=dispute)

    async def warn(self, *, charge: str) -> dict[str, Any]:
        """An early warning of fraud."""
        return await self._post("warnings/open", charge=charge)

    async def open_review(self, *, intent: str) -> dict[str, Any]:
        return await self._post("reviews/open", intent=intent)

    async def close_review(self, *, review: str, reason: str = "approved") -> dict[str, Any]:
        return await self._post("reviews/close", review=review, reason=reason)

    async def withdraw_mandate(self, *, mandate: str) -> dict[str, Any]:
        return await self._post("mandates/withdraw", mandate=mandate)

    async def renew_card(self, *, payment_method: str) -> dict[str, Any]:
        """The bank issues a saved card anew, and the network tells."""
        return await self._post("payment_methods/renew", payment_method=payment_method)

    async def decline_method(self, *, payment_method: str, decline_code: str | None) -> dict[str, Any]:
        """The bank refuses each charge of a saved method with this code from now on; without one it does no more."""
        return await self._post("payment_methods/decline", payment_method=payment_method, decline_code=decline_code)

    async def pay_out(self) -> list[dict[str, Any]]:
        """All that is there is paid out now, as automatic payouts; they arrive later."""
        return list((await self._post("payouts/now"))["data"])

    async def fail_payout(self, *, payout: str, code: str = "account_closed") -> dict[str, Any]:
        return await self._post("payouts/fail", payout=payout, code=code)

    async def switch_reader(self, *, reader: str, online: bool) -> dict[str, Any]:
        return await self._post("readers/switch", reader=reader, online=online)

    async def walk_away(self, *, reader: str) -> dict[str, Any]:
        """The customer cancels on the reader."""
        return await self._post("readers/walk_away", reader=reader)

    async def double_offline(self, *, intent: str) -> dict[str, Any]:
        """A payment taken at a reader comes once more, from the reader's offline store; the answer is the second intent."""
        return await self._post("readers/double_offline", intent=intent)

    async def behave(self, **manners: float | str) -> dict[str, Any]:
        """Changes the stand-in's manners, those told."""
        return await self._post("manners", **manners)

    async def outage(self, *, seconds: float) -> None:
        """The provider is down for so long by its clock; 0 ends it."""
        await self._post("outage", seconds=seconds)

    async def throw_dice(self, *, seed: int) -> None:
        """What goes wrong by chance goes wrong as this seed says."""
        await self._post("dice", seed=seed)

    async def fail_next(
        self, *, how: How, method: str | None = None, path_starts: str = "/v1/", times: int = 1, chance: float = 1.0
    ) -> None:
        await self._post("faults", how=how, method=method, path_starts=path_starts, times=times, chance=chance)

    async def fail_no_more(self) -> None:
        await self._post("faults/none")

    async def until_hanging(self, *, count: int = 1, within_s: float = 10.0) -> None:
        """Returns when so many calls hang in the stand-in."""
        await self._post("calls/hanging", count=count, within_s=within_s)

    async def let_go(self) -> None:
        """Calls that hang, nothing done yet, go on as usual."""
        await self._post("calls/let_go")

    async def deliver(
        self,
        *,
        types: list[str] | None = None,
        copies: int = 1,
        delay_s: float = 0.0,
        drop: bool = False,
        hold: bool = False,
        before_response: bool = False,
        signature: Signature = "good",
        times: int | None = None,
        chance: float = 1.0,
    ) -> None:
        """How the next matching events are delivered, until `deliver_plainly` or for `times` events."""
        await self._post(
            "webhooks",
            types=types,
            copies=copies,
            delay_s=delay_s,
            drop=drop,
            hold=hold,
            before_response=before_response,
            signature=signature,
            times=times,
            chance=chance,
        )

    async def deliver_plainly(self) -> None:
        await self._post("webhooks/plain")

    async def release(self, *, order: Literal["as_sent", "reversed", "shuffled"] = "as_sent") -> int:
        """Delivers what was held, in this order; answers once each was attempted."""
        return int((await self._post("webhooks/release", order=order))["released"])

    async def resend(self, *, event: str) -> None:
        await self._post("webhooks/resend", event=event)

    async def advance(self, *, seconds: float) -> None:
        await self._post("clock", seconds=seconds)

    async def settle(self, *, within_s: float = 10.0) -> None:
        """Returns when every event so far was attempted; retries due later aren't waited for."""
        await self._post("settle", within_s=within_s)

    async def deliveries(self) -> list[dict[str, Any]]:
        return list((await self._http.get("/_standin/deliveries")).json())

    async def reset(self) -> None:
        await self._post("reset")
