"""The protocol cases about documents, each by its id: what a customer and an inspector read on paper."""

import re
from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.documents.papers import pages_of, pdf_of, text_of
from tests.world import World

ADDITIONS = 25


def words_of(number: int) -> str:
    """A description of exactly 2,000 letters that is like no other, from its first word to its last."""
    text = " ".join(f"{number}.{part}" for part in range(1, 400))
    return text[: 2_000 - len(tail := f" end-of-{number}.")].rstrip().ljust(2_000 - len(tail), "x") + tail


class Repair(Matter):
    """A job with an estimate of two hours, agreed to and done."""

    estimated: str


@pytest.fixture
async def matter(world: World) -> Repair:
    repair = Repair(world)
    await repair.of_job(symptom="The dryer stays cold.")
    [repair.estimated] = await repair.done({"quantity": "2", "description": "Look for the fault", "tax_rate": "19"})
    return repair


async def add(matter: Repair, number: int, **said: Any) -> str:
    """Additional work agreed to by telephone and done: its item."""
    offer = await matter.offer({"description": words_of(number), "unit_price": str(1_000 + number), "tax_rate": "19"}, kind="additional")
    act = await matter.consent(offer, channel="oral_phone", number_called=f"+49 170 555 0{number:03}", conditions="", **said)
    assert act["active"], act
    matter.world.clock.forward(minutes=1)
    await matter.work(str(offer.item_ids[0]))
    return str(offer.item_ids[0])


async def invoiced(matter: Repair, items: dict[str, int]) -> str:
    """The address of an invoice of the estimate and of what was added."""
    lines = [
        {"item_id": matter.estimated, "quantity": "2"},
        *({"item_id": item, "unit_price": str(price)} for item, price in items.items()),
    ]
    return f"/v1/invoices/{(await matter.posted(*lines))['id']}/invoice.pdf"


async def test_p35_an_invoice_carries_each_additional_authorisation_in_full(matter: Repair) -> None:
    item = await add(matter, 1, received_by="Robin Field")
    text = await text_of(matter.world, await invoiced(matter, {item: 1_001}))
    consent = text[text.index("2 · Additional consent") :]
    for part in (
        "Date and time 4 March 2026 13:01 CET",
        "Given by Ada Owner (the customer)",
        "How said by phone",
        "Number called +49 170 555 0001",
        "Received by Robin Field",
        "Conditions none",
        "1.1 1.2 1.3",
        "end-of-1.",
        "Added cost (before tax) +€10.01",
        "Revised total (before tax) €210.01",
    ):
        assert part in consent, (part, consent)


async def test_p36_25_additional_authorisations_are_all_on_paper(matter: Repair) -> None:
    items = {await add(matter, number): 1_000 + number for number in range(1, ADDITIONS + 1)}
    for path in (f"/v1/jobs/{matter.job_id}/job.pdf", await invoiced(matter, items)):
        pages = pages_of(await pdf_of(matter.world, path))
        text = " ".join(pages)
        total = 20_000
        for number in range(1, ADDITIONS + 1):
            total += 1_000 + number
            consent = text[text.index(f"{number + 1} · Additional consent") :]
            for part in (f"+49 170 555 0{number:03}", f"+€{(1_000 + number) / 100:.2f}", f"Revised total (before tax) €{total / 100:.2f}"):
                assert part in consent, (number, part)
        for number, page in enumerate(pages, 1):
            assert page.endswith(f"Page {number} of {len(pages)}")


async def test_p37_the_original_estimate_stays_on_every_later_document(matter: Repair) -> None:
    item = await add(matter, 1)
    for path in (f"/v1/jobs/{matter.job_id}/job.pdf", await invoiced(matter, {item: 1_001})):
        text = await text_of(matter.world, path)
        estimate = text[text.index("Original estimate, as first shown on 4 March 2026 13:00 CET") :]
        estimate = estimate[: estimate.index("What was agreed, in order")]
        for part in ("Look for the fault 2 h €100.00 €200.00", "Sum (before tax) €200.00 Tax 19 % €38.00 Total €238.00"):
            assert part in estimate, (part, estimate)
        assert "Original estimate (before tax) €200.00" in text


async def test_p38_a_description_of_2000_letters_is_printed_to_its_last(matter: Repair) -> None:
    item = await add(matter, 7)
    assert len(words_of(7)) == 2_000
    [row] = await matter.world.sql("select offer_id from authorisations.offer_item where item_id = $1::text::uuid", item)
    for path in (
        f"/v1/offers/{row['offer_id']}/offer.pdf?revision=1",
        f"/v1/jobs/{matter.job_id}/job.pdf",
        await invoiced(matter, {item: 1_007}),
    ):
        printed = iter((await text_of(matter.world, path)).split())
        assert all(word in printed for word in words_of(7).split()), path  # in this order, whatever heads of pages stand between


async def test_p39_all_documents_of_a_job_bear_its_one_reference(matter: Repair) -> None:
    item = await add(matter, 1)
    reference = (await matter.world.done("GET", f"/v1/jobs/{matter.job_id}"))["reference"]
    assert re.fullmatch(r"J-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", reference)
    rows = await matter.world.sql("select offer_id from authorisations.offer")
    offers = [f"/v1/offers/{row['offer_id']}/offer.pdf?revision=1" for row in rows]
    assert len(offers) == 2
    for path in (*offers, f"/v1/jobs/{matter.job_id}/job.pdf", await invoiced(matter, {item: 1_001})):
        for page in pages_of(await pdf_of(matter.world, path)):
            assert page.count(reference) >= 2, (path, page)  # above and below, on each page
    [found] = (await matter.world.done("GET", f"/v1/jobs?reference={reference}"))["items"]
    assert found["id"] == matter.job_id
