"""A try that its customer pays by bank transfers at the provider is open until the last of them: a part is no payment."""

from service.integrations.stripe.standin import Standin
from tests.billing.builders import Books
from tests.billing.cards.saving import minute
from tests.billing.cards.shop import Shop


async def test_what_is_partially_funded_is_not_paid_and_with_the_last_of_it_is_paid_once(
    shop: Shop, books: Books, standin: Standin
) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    attempt = await shop.begin(invoice_id)
    for amount, kinds, owed in ((4_000, [], 4_990), (990, ["invoice_paid"], 0)):
        await standin.fund(intent=attempt["intent_id"], amount=amount)
        for _ in "12":
            shop.world.clock.forward(minutes=6)
            await minute(shop, kinds=("hear_missed_events", "sweep_attempts"))
        assert [kind for kind in await shop.kinds(customer_id) if kind == "invoice_paid"] == kinds
        (balance,) = (await shop.world.done("GET", f"/v1/customers/{customer_id}/account"))["balances"]
        assert balance["owed_minor"] == owed
    types = await shop.world.sql("select outcome from billing.provider_event where type = 'payment_intent.partially_funded'")
    assert [row["outcome"] for row in types] in (["moved"], ["unmoved"])
