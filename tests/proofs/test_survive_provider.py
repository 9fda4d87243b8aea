"""A provider that drops, delays and repeats its webhooks, loses answers after it has acted, and is down for an hour: nothing charged twice, nothing lost, all caught up."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

import msgspec
import pytest

from service.app import build
from service.billing import background
from service.billing.hearing import background as hearing
from service.billing.saved import background as saved_background
from service.integrations.asgi import running
from service.integrations.stripe.client import open_stripe
from service.integrations.stripe.standin import running_standin
from service.kit.database import Database
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from service.settings import Settings
from tests.billing.builders import Books, pay
from tests.billing.cards.saving import ACCOUNT, ACCOUNT_THAT_FAILS, ASKS, CARD, DECLINES_LATER, saved_by, saver
from tests.billing.cards.shop import SECRET, Outside, Shop
from tests.world import Clock, World

WITH_PROVIDER = {hearing.__name__, saved_background.__name__}
OURS = [kind for kind, one in KINDS.items() if one.handler.__module__ in WITH_PROVIDER] + [
    background.run_use_credit.__name__.removeprefix("run_")
]
PRICE = 4_990
SESSION_OF = "select provider_session_id from billing.collection_attempt where attempt_id = $1"
LATE_S = 200.0
"""A late webhook comes after the sweeper has asked, and is still taken."""


class Storm:
    """A shop at a provider that goes wrong by chance, and the service's own workers, on a clock that is moved for both."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.world, self.standin = shop, shop.world, shop.standin
        self.workers = Runner(
            shop.world.database,
            kinds={kind: KINDS[kind] for kind in OURS},
            outside=shop.world.app.state.outside,
            clock=shop.world.clock,
            jitter=lambda: 0.0,
        )
        self.workers._committed(shop.world.organisation_id)

    async def breaks(self, *, chance: float) -> None:
        await self.standin.throw_dice(seed=11)
        for how in ("error", "error_after_commit", "cut_before", "cut_after", "unavailable"):
            await self.standin.fail_next(how=how, times=10_000, chance=chance)  # type: ignore[arg-type]
        await self.standin.deliver(drop=True, chance=0.4)
        await self.standin.deliver(copies=3, chance=0.3)
        await self.standin.deliver(before_response=True, chance=0.3)
        await self.standin.deliver(delay_s=LATE_S, chance=0.2)

    async def pass_time(self, *, minutes: int, step: int = 1) -> None:
        """Step by step, the workers with it."""
        for _ in range(0, minutes, step):
            self.world.clock.forward(minutes=step)
            await self.standin.advance(seconds=60 * step)
            await self.workers.drain()

    async def begun(self, invoice_id: UUID, *, way: str = "online") -> dict[str, Any] | None:
        """A phone that asks again with the same key while it hears nothing; None once it gives up."""
        key = str(self.world.id())
        for _ in range(8):
            answer = await self.world.post(f"/v1/invoices/{invoice_id}/card-attempts", {"way": way}, key=key)
            if answer.is_success:
                document: dict[str, Any] = answer.json()
                return document
        return None

    async def pays(self, attempt: dict[str, Any]) -> bool:
        """Its customer, by the form or on the provider's page; whether they could: a link that is over they can't."""
        if attempt["intent_id"] is not None:
            await self.standin.pay(intent=attempt["intent_id"])
            return True
        if attempt["pay_url"] is None:
            return False
        (session_id,) = {row["provider_session_id"] for row in await self.world.sql(SESSION_OF, UUID(attempt["attempt_id"]))}
        await self.standin.submit(session=session_id)
        return True

    async def charged(self) -> dict[str, int]:
        """What the provider has really taken, by invoice; of no try are there two payments."""
        intents = self.world.app.state.outside.stripe.client.v1.payment_intents
        taken: dict[str, int] = {}
        tries = set()
        async for one in (await intents.list_async({"limit": 100})).auto_paging_iter():
            assert one.metadata["attempt_id"] not in tries
            tries.add(one.metadata["attempt_id"])
            invoice_id = str(one.metadata["invoice_id"])
            taken[invoice_id] = taken.get(invoice_id, 0) + one.amount_received
        return taken

    async def disputes(self, invoice_id: UUID) -> None:
        """What its bank had paid by then, it takes back."""
        intents = self.world.app.state.outside.stripe.client.v1.payment_intents
        async for one in (await intents.list_async({"limit": 100})).auto_paging_iter():
            if one.metadata["invoice_id"] == str(invoice_id) and one.status == "succeeded":
                await self.standin.dispute(charge=one.latest_charge, reason="insufficient_funds")


@pytest.fixture
async def storm(settings: Settings, database: Database) -> AsyncIterator[Storm]:
    clock = Clock()
    clock.now = datetime.now(UTC).replace(microsecond=0)
    async with running_standin() as standin, open_stripe(api_key=standin.api_key, address=standin.url, call_within_s=2) as connection:
        cards = msgspec.structs.replace(
            settings, stripe_api_key=standin.api_key, stripe_api_base=standin.url, stripe_webhook_secrets=(SECRET,)
        )
        app = build(settings=cards, database=database, clock=clock, outside=Outside(connection))
        world = World(app=app, database=database, clock=clock)
        await world.begin()
        yield Storm(Shop(world, standin))
        await world.leave_nothing_due()
        await world.end()


@pytest.mark.parametrize("customers_there", [9, pytest.param(66, marks=pytest.mark.soak)])
async def test_nothing_is_charged_twice_or_lost_and_all_catches_up_without_a_person(storm: Storm, customers_there: int) -> None:
    world, books = storm.world, Books(storm.world)
    customers = [await books.customer() for _ in range(customers_there)]
    paying = customers_there - 3
    invoices = [await books.invoice(customer, PRICE) for customer in customers]
    async with running(world.app) as url:
        await storm.standin.register(url=url + storm.shop.webhooks, secret=SECRET)
        await storm.breaks(chance=0.06)
        begun = [await storm.begun(invoice, way=("online", "checkout")[n % 2]) for n, invoice in enumerate(invoices[:paying])]
        attempts = [attempt if attempt is not None and await storm.pays(attempt) else None for attempt in begun]
        await storm.standin.outage(seconds=3600)
        silent = [
            await world.post(f"/v1/invoices/{invoice}/card-attempts", {}, key=str(world.id())) for invoice in invoices[paying : paying + 2]
        ]
        assert [answer.status_code for answer in silent] == [503, 503]
        await pay(world, PRICE, invoice_id=invoices[0])  # paid by card as well: nobody could know yet
        await pay(world, PRICE, invoice_id=invoices[paying])
        await storm.pass_time(minutes=60, step=4)
        await storm.pass_time(minutes=45, step=3)
        await storm.standin.fail_no_more()
        await storm.standin.settle()
        await storm.pass_time(minutes=20)
    charged = await storm.charged()
    paid_by_card = [str(invoice) for invoice, attempt in zip(invoices[:paying], attempts, strict=True) if attempt is not None]
    assert len(paid_by_card) >= customers_there // 3
    assert {invoice: taken for invoice, taken in charged.items() if taken} == dict.fromkeys(paid_by_card, PRICE)
    rows = await world.sql("select invoice_id, sum(amount_minor)::bigint as paid from billing.payment where method = 'card' group by 1")
    assert {str(row["invoice_id"]): row["paid"] for row in rows} == dict.fromkeys(paid_by_card, PRICE)
    (double,) = (await world.done("GET", "/v1/double-payments"))["items"]
    assert double["invoice_id"] == str(invoices[0])
    assert (await world.done("GET", "/v1/payments/unapplied"))["items"] == []
    assert (await world.done("GET", "/v1/ledger/trial-balance"))["sums"] == {"EUR": 0}
    assert await world.sql("select kind from kit.task where state = 'dead'") == []
    assert await world.sql("select attempt_id from billing.collection_attempt where state = 'begun'") == []


async def test_a_refund_goes_out_once_however_often_its_answer_is_lost(storm: Storm) -> None:
    world, books = storm.world, Books(storm.world)
    invoice_id = await books.invoice(await books.customer(), PRICE)
    attempt = await storm.begun(invoice_id)
    assert attempt is not None
    await storm.standin.pay(intent=attempt["intent_id"])
    await pay(world, PRICE, invoice_id=invoice_id)
    await storm.pass_time(minutes=3)
    (double,) = (await world.done("GET", "/v1/double-payments"))["items"]
    for how in ("error_after_commit", "cut_after", "unavailable"):
        await storm.standin.fail_next(how=how, path_starts="/v1/refunds")  # type: ignore[arg-type]
    refund = await world.done("POST", f"/v1/double-payments/{double['payment_id']}/refund", key="key-of-the-yes")
    await storm.pass_time(minutes=10)
    assert (await world.done("GET", f"/v1/refunds/{refund['refund_id']}"))["state"] == "paid"
    await storm.standin.fail_no_more()
    made = (await world.app.state.outside.stripe.client.v1.refunds.list_async({"payment_intent": attempt["intent_id"]})).data
    assert [one.amount for one in made] == [PRICE]


class Absent(NamedTuple):
    """Somebody who is charged by what they saved, and what comes of it."""

    method: str
    ends: str
    """Their last charge in the end."""
    does: Literal["nothing", "pays_by_link", "pays_cash", "takes_word_back", "disputes"] = "nothing"


ABSENT = (
    Absent(CARD, "paid"),
    Absent(ACCOUNT, "paid", "disputes"),
    Absent(DECLINES_LATER, "failed"),
    Absent(ASKS, "failed", "pays_by_link"),
    Absent(ACCOUNT_THAT_FAILS, "failed"),
    Absent(CARD, "called_off", "pays_cash"),
    Absent(CARD, "called_off", "takes_word_back"),
)


RETRY_DAYS = [1, 1, 3]
"""The storm touches four days at most: whoever had no luck in it is tried a last time by a provider that answers."""


@pytest.mark.parametrize("rounds", [1, pytest.param(8, marks=pytest.mark.soak)])
async def test_nobody_who_is_away_is_charged_twice_or_forgotten(storm: Storm, rounds: int) -> None:
    world, books = storm.world, Books(storm.world)
    now = world.clock.now
    world.clock.now = now - timedelta(days=3, minutes=1)  # webhooks bear the real time: on the day of the charges it is now
    await world.done("POST", "/v1/charge-policies", {"keeps_quiet_hours": False, "retry_days": RETRY_DAYS}, role="manager")
    people = [(one, await saver(storm.shop, await books.customer())) for one in ABSENT * rounds]
    invoices = [await books.invoice(person.customer_id, PRICE) for _, person in people]
    for one, person in people:
        await person.save(await saved_by(storm.shop, one.method))
    await storm.workers.drain()
    world.clock.now = now
    async with running(world.app) as url:
        await storm.standin.register(url=url + storm.shop.webhooks, secret=SECRET)
        await storm.breaks(chance=0.06)
        await storm.standin.outage(seconds=3600)
        await storm.workers.drain()  # all of them are begun, and the provider says nothing
        for (one, person), invoice in zip(people, invoices, strict=True):
            if one.does == "pays_cash":
                await pay(world, PRICE, invoice_id=invoice)
            elif one.does == "takes_word_back":
                await person.send(do="withdraw", id=(await person.methods())[0]["id"])
        await storm.pass_time(minutes=60, step=12)
        await storm.pass_time(minutes=65, step=5)
        unheard = set()
        for (one, person), invoice in zip(people, invoices, strict=True):
            if one.does == "pays_by_link":
                if (await person.charges())[-1]["state"] == "running":
                    unheard.add(invoice)  # the bank's refusal: what they begin now calls the charge off
                again = (await storm.begun(invoice, way="checkout") for _ in range(9))  # the provider repeats its own error: begun anew
                assert await storm.pays(await anext(begun async for begun in again if begun is not None))
        await storm.pass_time(minutes=2 * 24 * 60, step=8 * 60)
        await storm.standin.fail_no_more()
        await storm.pass_time(minutes=(RETRY_DAYS[-1] * 24 + 2 * 13) * 60, step=13 * 60)
        for (one, _), invoice in zip(people, invoices, strict=True):
            if one.does == "disputes":
                await storm.disputes(invoice)
        await storm.standin.settle()
        await storm.pass_time(minutes=20, step=4)
    charged = await storm.charged()
    by_card = [str(invoice) for (one, _), invoice in zip(people, invoices, strict=True) if one.ends == "paid" or one.does == "pays_by_link"]
    charges = [await person.charges() for _, person in people]
    ends = [tries[-1]["state"] for tries in charges]
    expected = [
        end if invoice in unheard and end in ("failed", "called_off") else one.ends
        for end, (one, _), invoice in zip(ends, people, invoices, strict=True)
    ]
    assert ends == expected
    assert max(len(tries) for tries in charges) <= 1 + len(RETRY_DAYS)
    told = [(await person.mails()).count("charge_failed") for _, person in people]
    assert told == [sum(one["state"] == "failed" for one in tries) for tries in charges]
    assert {invoice: taken for invoice, taken in charged.items() if taken} == dict.fromkeys(by_card, PRICE)
    rows = await world.sql("select invoice_id, sum(amount_minor)::bigint as paid from billing.payment where method = 'card' group by 1")
    assert {str(row["invoice_id"]): row["paid"] for row in rows} == dict.fromkeys(by_card, PRICE)
    taken_back = [invoice for (one, _), invoice in zip(people, invoices, strict=True) if one.does == "disputes"]
    rows = await world.sql(
        "select p.invoice_id from billing.dispute d join billing.dispute_withdrawal using (dispute_id) join billing.payment p using (payment_id)"
    )
    assert sorted(row["invoice_id"] for row in rows) == sorted(taken_back)
    owed = [(await person.account())["owed"] for _, person in people]
    unpaid = sum((one.ends == "failed" and one.does == "nothing") or one.does in ("takes_word_back", "disputes") for one, _ in people)
    assert sum(owed) == PRICE * unpaid
    assert [(await person.mails()).count("charge_notice") for _, person in people] == [1] * len(people)
    assert (await world.done("GET", "/v1/payments/unapplied"))["items"] == []
    assert (await world.done("GET", "/v1/ledger/trial-balance"))["sums"] == {"EUR": 0}
    assert await world.sql("select kind from kit.task where state = 'dead'") == []
    assert await world.sql("select attempt_id from billing.collection_attempt where state not in ('succeeded', 'closed')") == []
