"""A customer saves a method by their own link: their word first, then the provider's page; it ends at once and for good."""

import asyncio
from datetime import timedelta

from service.billing.saved.methods import savings_open
from service.integrations.stripe.standin import Standin
from tests.billing.builders import Books
from tests.billing.cards.saving import minute, saver
from tests.billing.cards.shop import Shop


async def test_a_customer_agrees_saves_a_card_and_only_its_short_form_is_kept(shop: Shop, books: Books) -> None:
    customer = await saver(shop, await books.customer())
    method = await customer.save()
    assert (method["kind"], method["brand"], method["last4"], method["state"], method["charged"]) == ("card", "visa", "4242", "saved", True)
    consent = method["consent"]
    assert (consent["text_version"], consent["notice_days"], len(consent["wording_hash"])) == (1, 3, 64)
    assert consent["given_by"].startswith("customer_link:")
    assert "without my being there" in consent["wording"]
    assert consent["wording"] in (await customer.get()).text
    assert (await customer.get("/back")).status_code == 303
    assert len(await customer.methods()) == 1
    assert [kind for kind in await shop.kinds(customer.customer_id) if kind in ("charges_agreed", "method_saved")] == [
        "charges_agreed",
        "method_saved",
    ]


async def test_words_that_changed_meanwhile_are_agreed_to_by_nobody(shop: Shop, books: Books) -> None:
    customer = await saver(shop, await books.customer())
    told = await customer.send(do="agree", words="I owe you everything")
    assert (told.status_code, "Nothing was recorded" in told.text) == (409, True)
    assert await shop.world.sql("select from billing.charge_consent where customer_id = $1", customer.customer_id) == []


async def test_a_link_needs_an_address_of_the_customers_own(shop: Shop) -> None:
    nobody = (await shop.world.customer())["id"]
    refused = await shop.world.post(f"/v1/customers/{nobody}/saving-links", role="back_office")
    assert (refused.status_code, refused.json()["code"]) == (409, "NO_MAIL_ADDRESS")


async def test_a_page_whose_customer_never_came_back_is_heard_of_by_webhook_and_by_asking_once(
    shop: Shop, books: Books, standin: Standin
) -> None:
    by_webhook, by_asking = [await saver(shop, await books.customer()) for _ in "12"]
    for one in (by_webhook, by_asking):
        await standin.submit(session=await one.agree())
    (row,) = await shop.world.sql(
        "select consent_id, provider_session_id from billing.saving_page where customer_id = $1", by_webhook.customer_id
    )
    v1 = shop.world.app.state.outside.stripe.client.v1
    setup = await v1.setup_intents.retrieve_async((await v1.checkout.sessions.retrieve_async(row["provider_session_id"])).setup_intent)
    told = setup.to_dict() | {"status": "succeeded"}
    assert told["metadata"]["consent_id"] == str(row["consent_id"])
    await asyncio.gather(*(shop.tell("setup_intent.succeeded", told, event_id=f"evt_{n % 2}") for n in range(4)))
    await minute(shop)
    assert [[method["last4"] for method in await one.methods()] for one in (by_webhook, by_asking)] == [["4242"], ["4242"]]


async def test_a_page_is_asked_about_less_often_the_older_it_is_but_at_once_when_its_customer_is_there(shop: Shop, books: Books) -> None:
    customer = await saver(shop, await books.customer())
    await customer.agree()
    world, opened_at = shop.world, shop.world.clock.now
    (other,) = await world.sql("select count(*) from billing.saving_page where customer_id <> $1", customer.customer_id)
    assert other[0] == 0

    async def asked(*minutes: int, **whose: object) -> list[int]:
        """In which of these minutes of its age."""
        told = {"principal": world.principal(), "request_id": world.id(), "values": {"customer_id": None, **whose}}
        return [n for n in minutes if await world.database.read(savings_open, at=opened_at + timedelta(minutes=n), **told)]

    assert await asked(*range(16)) == [*range(16)]
    assert await asked(*range(16, 32)) == [*range(16, 32, 2)]
    assert await asked(*range(600, 728)) == [640, 704]
    assert await asked(601, customer_id=customer.customer_id) == [601]
    assert await asked(2_816, 2_944) == [2_816]


async def test_the_method_saved_last_is_charged_and_another_customers_page_says_nothing_of_it(shop: Shop, books: Books) -> None:
    customer, stranger = await saver(shop, await books.customer()), await saver(shop, await books.customer())
    await customer.save()
    shop.world.clock.forward(seconds=1)
    await customer.save("pm_card_mastercard")
    assert [(one["last4"], one["charged"]) for one in await customer.methods()] == [("4242", False), ("4444", True)]
    assert "4444" not in (await stranger.get()).text
