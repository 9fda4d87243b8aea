"""Terminal readers, driven from the server: paid, declined, signed, walked away from."""

from typing import Any

import pytest
import stripe

from service.integrations.stripe.standin.remote import StandinRefused
from tests.integrations.account import Account

DECLINED = "4000000000000002"


class Counter:
    """A reader on a counter, and the helper that plays who stands there."""

    def __init__(self, account: Account, reader: Any) -> None:
        self.account, self.id = account, reader.id
        self.readers, self.helpers = account.v1.terminal.readers, account.v1.test_helpers.terminal.readers

    async def intent(self, amount: int = 5_000, **told: Any) -> Any:
        form = {"amount": amount, "currency": "eur", "allowed_payment_method_types": ["card_present"], **told}
        return await self.account.v1.payment_intents.create_async(form)

    async def process(self, intent: Any) -> Any:
        return await self.readers.process_payment_intent_async(self.id, {"payment_intent": intent.id})

    async def present(self, number: str | None = None) -> Any:
        form = {} if number is None else {"card_present": {"number": number}}
        return await self.helpers.present_payment_method_async(self.id, form)

    async def collect(self, *, required: bool = True) -> Any:
        asked = {"type": "signature", "required": required, "custom_text": {"title": "Sign for the visit"}}
        return await self.readers.collect_inputs_async(self.id, {"inputs": [asked]})

    async def now(self) -> Any:
        return await self.readers.retrieve_async(self.id)


@pytest.fixture
async def counter(account: Account) -> Counter:
    address = {"country": "AT", "city": "Wien", "line1": "Ring 1", "postal_code": "1010"}
    location = await account.v1.terminal.locations.create_async({"display_name": "Van 7", "address": address})
    form = {"registration_code": "simulated-wpe", "location": location.id, "label": "Van 7"}
    return Counter(account, await account.v1.terminal.readers.create_async(form))


async def test_a_card_held_to_the_reader_pays(account: Account, counter: Counter):
    intent = await counter.intent(metadata={"attempt": "a1"})
    waiting = await counter.process(intent)
    assert (waiting.action.status, waiting.action.process_payment_intent.payment_intent) == ("in_progress", intent.id)
    assert (await account.intent(intent.id)).status == "requires_payment_method"

    assert (await counter.present()).action.status == "succeeded"

    paid = await account.intent(intent.id, expand=["latest_charge"])
    shown = paid.latest_charge.payment_method_details.card_present
    assert (paid.status, paid.amount_received, shown.reader, shown.receipt.application_preferred_name) == (
        "succeeded",
        5_000,
        counter.id,
        "Stripe Credit",
    )
    assert await account.told("terminal", "payment_intent") == [
        "payment_intent.created",
        "payment_intent.succeeded",
        "terminal.reader.action_succeeded",
    ]
    await account.standin.advance(seconds=10)
    assert await account.net() == 5_000 - 80


async def test_a_declined_card_fails_the_action_and_the_next_card_pays(account: Account, counter: Counter):
    intent = await counter.intent()
    await counter.process(intent)
    failed = await counter.present(DECLINED)
    assert (failed.action.status, failed.action.failure_code) == ("failed", "card_declined")
    assert (await account.told("terminal")) == ["terminal.reader.action_failed"]
    await counter.process(intent)
    await counter.present()
    assert (await account.intent(intent.id)).status == "succeeded"


async def test_a_reader_does_one_thing_at_a_time(counter: Counter):
    first, second = await counter.intent(), await counter.intent()
    await counter.process(first)
    with pytest.raises(stripe.InvalidRequestError) as busy:
        await counter.process(second)
    assert busy.value.code == "terminal_reader_busy"
    assert (await counter.readers.cancel_action_async(counter.id)).action is None
    assert (await counter.process(second)).action.status == "in_progress"


async def test_a_reader_that_is_off_refuses(account: Account, counter: Counter):
    await account.standin.switch_reader(reader=counter.id, online=False)
    for act in (counter.process(await counter.intent()), counter.readers.cancel_action_async(counter.id)):
        with pytest.raises(stripe.InvalidRequestError) as offline:
            await act
        assert offline.value.code == "terminal_reader_offline"
    await account.standin.switch_reader(reader=counter.id, online=True)
    assert (await counter.now()).status == "online"


async def test_a_customer_may_walk_away(account: Account, counter: Counter):
    intent = await counter.intent()
    await counter.process(intent)
    left = await account.standin.walk_away(reader=counter.id)
    assert (left["action"]["status"], left["action"]["failure_code"]) == ("failed", "customer_canceled")
    assert (await account.intent(intent.id)).status == "requires_payment_method"
    with pytest.raises(StandinRefused):
        await account.standin.walk_away(reader=counter.id)


async def test_an_intent_cancelled_meanwhile_is_not_charged(account: Account, counter: Counter):
    intent = await counter.intent()
    await counter.process(intent)
    await account.v1.payment_intents.cancel_async(intent.id)
    assert (await counter.present()).action.failure_code == "payment_intent_unexpected_state"
    assert await account.told("charge") == []


async def test_only_an_intent_for_readers_is_taken(account: Account, counter: Counter):
    intent = await account.v1.payment_intents.create_async({"amount": 100, "currency": "eur"})
    with pytest.raises(stripe.InvalidRequestError, match="card_present"):
        await counter.process(intent)


async def test_a_signature_is_collected_as_a_file(account: Account, counter: Counter):
    await counter.collect()
    signed = await counter.helpers.succeed_input_collection_async(counter.id)
    (given,) = signed.action.collect_inputs.inputs
    file = await account.v1.files.retrieve_async(given.signature.value)
    assert (signed.action.status, file.type, file.purpose) == ("succeeded", "svg", "customer_signature")


async def test_what_is_not_required_may_be_skipped(counter: Counter):
    await counter.collect(required=False)
    skipped = await counter.helpers.succeed_input_collection_async(counter.id, {"skip_non_required_inputs": "all"})
    assert (skipped.action.collect_inputs.inputs[0].skipped, skipped.action.collect_inputs.inputs[0].signature.value) == (True, None)


async def test_a_signature_waited_for_in_vain_fails(account: Account, counter: Counter):
    await counter.collect()
    late = await counter.helpers.timeout_input_collection_async(counter.id)
    assert (late.action.status, late.action.failure_code) == ("failed", "terminal_reader_timeout")
    assert await account.told("terminal") == ["terminal.reader.action_failed"]


async def test_a_card_at_the_reader_is_saved_for_later(account: Account, counter: Counter):
    customer = await account.customer()
    form = {"customer": customer, "allowed_payment_method_types": ["card_present"]}
    setup = await account.v1.setup_intents.create_async(form)
    await counter.readers.process_setup_intent_async(counter.id, {"setup_intent": setup.id, "allow_redisplay": "always"})
    saved = (await counter.present()).action.process_setup_intent.generated_card
    assert (await account.pay(saved, customer=customer, off_session=True)).status == "succeeded"


async def test_a_card_at_the_reader_may_be_captured_later(account: Account, counter: Counter):
    intent = await counter.intent(capture_method="manual")
    await counter.process(intent)
    await counter.present()
    assert (await account.v1.payment_intents.capture_async(intent.id)).amount_received == 5_000


async def test_money_goes_back_to_the_card_at_the_reader(account: Account, counter: Counter):
    intent = await counter.intent()
    await counter.process(intent)
    await counter.present()
    await counter.readers.refund_payment_async(counter.id, {"payment_intent": intent.id, "amount": 1_000})
    done = await counter.present()
    refund = await account.v1.refunds.retrieve_async(done.action.refund_payment.refund)
    assert (refund.amount, refund.payment_intent) == (1_000, intent.id)


async def test_the_reader_shows_what_is_sold(counter: Counter):
    cart = {"currency": "eur", "total": 120, "tax": 20, "line_items": [{"amount": 120, "description": "Visit", "quantity": 1}]}
    shown = await counter.readers.set_reader_display_async(counter.id, {"type": "cart", "cart": cart})
    assert (shown.action.status, shown.action.set_reader_display.cart.line_items[0].description) == ("succeeded", "Visit")
    assert (await counter.process(await counter.intent())).action.type == "process_payment_intent"


async def test_an_offline_payment_comes_a_second_time(account: Account, counter: Counter):
    intent = await counter.intent(metadata={"attempt": "a1"})
    await counter.process(intent)
    await counter.present()

    doubled = await account.standin.double_offline(intent=intent.id)

    second = await account.intent(doubled["id"], expand=["latest_charge"])
    assert (second.id != intent.id, second.status, second.amount, second.metadata["attempt"]) == (True, "succeeded", 5_000, "a1")
    assert second.latest_charge.payment_method_details.card_present.offline.type == "deferred"
    assert (await account.told("payment_intent")).count("payment_intent.succeeded") == 2
    await account.standin.advance(seconds=10)
    assert await account.net() == 2 * (5_000 - 80)
    with pytest.raises(StandinRefused):
        await account.standin.double_offline(intent=(await account.pay()).id)


async def test_an_app_connects_with_a_token(account: Account, counter: Counter):
    place = (await counter.now()).location
    token = await account.v1.terminal.connection_tokens.create_async({"location": place})
    assert (token.location, token.secret.startswith("pst_test_")) == (place, True)
    with pytest.raises(stripe.InvalidRequestError, match=r"No such terminal\.location"):
        await account.v1.terminal.connection_tokens.create_async({"location": "tml_nowhere"})


async def test_readers_are_listed_where_they_stand(account: Account, counter: Counter):
    place = (await counter.now()).location
    assert [one.id for one in (await account.v1.terminal.readers.list_async({"location": place})).data] == [counter.id]
    assert (await account.v1.terminal.readers.list_async({"status": "offline"})).data == []
    assert (await account.v1.terminal.readers.delete_async(counter.id)).deleted
    with pytest.raises(stripe.InvalidRequestError, match="registration code"):
        await account.v1.terminal.readers.create_async({"registration_code": "puppies-plug-could", "location": place})
