from datetime import timedelta

from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.billing.builders import Books
from tests.documents.papers import another_job, text_of
from tests.documents.traded import keep_parties
from tests.subscriptions.builders import renew, subscribed
from tests.world import World


async def test_the_invoice_on_paper_is_the_invoice_as_issued_with_its_consents(world: World, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 4_990)
    text = await text_of(world, f"/v1/invoices/{invoice_id}/invoice.pdf")
    for part in (
        "Invoice INV-2026-1",
        "Work",
        "Total €49.90",
        "What this invoice stands on: J-",
        "5 January 2026 10:00",
        "said in person",
        "Received by Tess",
        "Revised total (before tax) €49.90",
        "+49 30 555 0100",
    ):
        assert part in text, (part, text)


async def test_an_invoice_sets_what_was_billed_against_estimate_and_consents(matter: Matter) -> None:
    first = await matter.authorised({"unit_price": "8000", "tax_rate": "19"})
    more = await matter.authorised({"description": "Drum belt", "unit_price": "2500", "tax_rate": "19"}, kind="additional")
    for item in (*first, *more):
        await matter.work(item)
    invoice = await matter.posted({"item_id": first[0], "unit_price": "8000"}, {"item_id": more[0], "unit_price": "2500"})
    text = await text_of(matter.world, f"/v1/invoices/{invoice['id']}/invoice.pdf")
    for part in (
        "Original estimate (before tax) €80.00",
        "Agreed of the original estimate (before tax) €80.00",
        "Agreed afterwards (before tax) +€25.00",
        "Agreed in all (before tax) €105.00",
        "Billed by this invoice (before tax) €105.00",
    ):
        assert part in text, (part, text)


async def test_an_invoice_stays_as_issued_whatever_is_agreed_afterwards(matter: Matter) -> None:
    [item] = await matter.done({})
    invoice = await matter.posted({"item_id": item})
    path = f"/v1/invoices/{invoice['id']}/invoice.pdf"
    before = (await matter.world.get(path)).content
    matter.world.clock.now += timedelta(hours=1)
    await matter.authorised({"description": "Something else"}, kind="additional")
    assert (await matter.world.get(path)).content == before


async def test_an_invoice_says_work_and_parts_apart_and_what_the_law_prints_where_it_asks(world: World) -> None:
    matter = await Matter(world).of_job()
    await another_job(matter, place="US-CA", trade="appliance")
    [item] = await matter.done({"kind": "part", "description": "Heating element", "unit": "EA"})
    invoice = await matter.posted({"item_id": item})
    text = await text_of(world, f"/v1/invoices/{invoice['id']}/invoice.pdf")
    for part in (
        "the service dealer may not charge for work done or parts supplied in excess of the estimate",
        "condition not stated",
        "Asked for by: California 16 CCR 2722(a), 2723, 2725.",
        "not on file here: the company's address, its registration or tax number, what was reported.",
    ):
        assert part in text, (part, text)
    await another_job(matter)
    parts = [{"kind": "part", "description": "Belt", "unit": "EA", "unit_price": "3000", "condition": "new"}, {"unit_price": "5000"}]
    items = await matter.done(*parts)
    invoice = await matter.posted(*({"item_id": item, "unit_price": part["unit_price"]} for item, part in zip(items, parts, strict=True)))
    text = await text_of(world, f"/v1/invoices/{invoice['id']}/invoice.pdf")
    assert "Labour and services €50.00 Parts €30.00 Sum €80.00" in text
    assert "condition: new" in text


async def test_a_consent_by_link_stands_on_the_invoice_with_its_address(matter: Matter) -> None:
    showing = await shown(matter, {})
    await showing.answer(*showing.items)
    matter.world.clock.forward(minutes=1)
    await matter.work(showing.items[0])
    invoice = await matter.posted({"item_id": showing.items[0]})
    text = await text_of(matter.world, f"/v1/invoices/{invoice['id']}/invoice.pdf")
    for part in ("by link, confirmed by a tap", "Ada Owner (the customer)", "ada@a.example", "Received by this service"):
        assert part in text, (part, text)


async def test_a_subscriptions_bill_stands_on_its_plan(world: World) -> None:
    subscription = await subscribed(world)
    world.clock.forward(minutes=1)
    text = await text_of(world, f"/v1/invoices/{(await renew(world, subscription))['id']}/invoice.pdf")
    for part in (
        "What this invoice stands on: S-",
        "Place of work",
        "Internet 100",
        "every period, until you cancel",
        "Given by Ada Owner (the customer)",
    ):
        assert part in text, (part, text)
    assert "every period, until you cancel" in await text_of(world, f"/v1/offers/{subscription['offer_id']}/offer.pdf")


async def test_a_bill_of_two_jobs_tells_what_it_stands_on_job_by_job(matter: Matter) -> None:
    [one] = await matter.done({"unit_price": "4000"})
    first = (await matter.world.done("GET", f"/v1/jobs/{matter.job_id}"))["reference"]
    await another_job(matter)
    [other] = await matter.done({"unit_price": "6000"})
    second = (await matter.world.done("GET", f"/v1/jobs/{matter.job_id}"))["reference"]
    invoice = await matter.posted({"item_id": one, "unit_price": "4000"}, {"item_id": other, "unit_price": "6000"})
    text = await text_of(matter.world, f"/v1/invoices/{invoice['id']}/invoice.pdf")
    for reference, billed in ((first, "€40.00"), (second, "€60.00")):
        account = text[text.index(f"What this invoice stands on: {reference}") :]
        assert account.index(f"Billed by this invoice (before tax) {billed}") < account.index("What was agreed, in order")


async def test_the_paper_says_to_whom_and_with_which_vat_id_it_is_made_out(matter: Matter) -> None:
    await keep_parties(matter, registration="Amtsgericht Berlin HRB 12345")
    [item] = await matter.done({})
    invoice = await matter.posted({"item_id": item})
    text = await text_of(matter.world, f"/v1/invoices/{invoice['id']}/invoice.pdf")
    assert "Customer Ada Owner, Ringstraße 1, 1010 Wien, AT" in text
    assert "Amtsgericht Berlin HRB 12345 · DE123456789" in text
    await keep_parties(matter, registration="USt-IdNr. DE 123 456 789")
    [item] = await matter.done({})
    invoice = await matter.posted({"item_id": item})
    text = await text_of(matter.world, f"/v1/invoices/{invoice['id']}/invoice.pdf")
    assert "· DE123456789" not in text
