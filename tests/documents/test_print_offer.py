from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.authorisations.matters import LABOUR, Matter
from tests.authorisations.photographs import kept, photograph
from tests.authorisations.showings import shown
from tests.documents.papers import another_job, pages_of, pdf_of, text_of
from tests.world import World


async def test_an_offer_on_paper_is_what_was_sealed_with_all_that_a_bill_is_judged_by(matter: Matter) -> None:
    part = {
        "kind": "part", "description": "Heating element", "unit": "EA", "unit_price": "8990", "tax_rate": "19", "sku": "HE-2400", "alternates": ["HE-2400B"],
        "condition": "rebuilt", "method": "soldered", "optional": True,
    }  # fmt: skip
    offer = await matter.offer({"quantity": "1.5", "tax_rate": "19"}, part, valid_until=datetime(2026, 4, 1, 10, tzinfo=UTC), cap=20_000)
    await matter.present(offer)
    text = await text_of(matter.world, f"/v1/offers/{offer.id}/offer.pdf?revision=1")
    for told in (
        "Estimate Reference J-",
        "Customer Ada Owner",
        "Place of work 1 Mill Lane",
        "What was reported The dryer stays cold and smells of burnt rubber.",
        "First shown, sealed since 4 March 2026 13:00 CET",
        "Holds for work that starts until 1 April 2026 12:00 CEST",
        "Work 1.5 h €100.00 €150.00",
        "part HE-2400 · condition: rebuilt · method: soldered · or instead: HE-2400B · optional: only if you choose it",
        "Sum (before tax) €239.90 Tax 19 % €45.58 Total €285.48",
        "Never more than (before tax) €200.00",
        "Nothing is billed beyond what you agree to.",
        offer.offer_hash,
        "Page 1 of 1",
    ):
        assert told in text, (told, text)
    assert "DRAFT" not in text


async def test_a_draft_says_that_it_is_one(matter: Matter) -> None:
    offer = await matter.offer({})
    assert "DRAFT – not shown to the customer yet" in await text_of(matter.world, f"/v1/offers/{offer.id}/offer.pdf?revision=1")


async def test_each_revision_of_an_offer_has_a_paper_of_its_own(matter: Matter) -> None:
    offer = await matter.offer({})
    body = {
        "revises": 1,
        "items": [
            {
                "quantity": "1",
                "kind": "labour",
                "description": "Better work",
                "unit": "HUR",
                "unit_price": "9000",
                "tax_category": "S",
                "tax_rate": "0",
            }
        ],
    }
    second = await matter.world.done("POST", f"/v1/offers/{offer.id}/revisions", body)
    one, two = [await text_of(matter.world, f"/v1/offers/{offer.id}/offer.pdf?revision={number}") for number in (1, 2)]
    assert ("Work 1 h €100.00" in one, "Better work" in one) == (True, False)
    assert "Better work 1 h €90.00" in two
    assert second["offer_hash"] in two
    assert f"Replaces: {offer.offer_hash}" in two
    assert (await matter.world.get(f"/v1/offers/{offer.id}/offer.pdf?revision=3")).status_code == 404


async def pictured(matter: Matter) -> list[dict[str, Any]]:
    """Photos of what was found twice and of what was reported, in the order in which an offer shows them."""
    at = "2026-03-04T10:30:00Z"
    return [
        await kept(matter, photograph(colour), shows=shows, taken_at=at)
        for colour, shows in (("red", "found"), ("blue", "reported"), ("green", "found"))
    ]


@pytest.mark.parametrize(
    "language, told",
    [
        (
            "en",
            [
                "What was reported It squeals. What we found Pads worn to 1 mm, #panic() *disc* scored. Revision 1",
                "Photo 1: what we found taken 4 March 2026 11:30 CET · Fingerprint (SHA-256): {0}",
                "Photo 1: what you reported taken 4 March 2026 11:30 CET · Fingerprint (SHA-256): {1}",
                "Photo 2: what we found taken 4 March 2026 11:30 CET · Fingerprint (SHA-256): {2}",
            ],
        ),
        (
            "de",
            [
                "Gemeldet wurde It squeals. Was wir gefunden haben Pads worn to 1 mm, #panic() *disc* scored. Fassung 1",
                "Foto 1: was wir gefunden haben aufgenommen 4. März 2026 11:30 MEZ · Fingerabdruck (SHA-256): {0}",  # codespell:ignore
                "Foto 1: was Sie gemeldet haben aufgenommen 4. März 2026 11:30 MEZ · Fingerabdruck (SHA-256): {1}",  # codespell:ignore
                "Foto 2: was wir gefunden haben aufgenommen 4. März 2026 11:30 MEZ · Fingerabdruck (SHA-256): {2}",  # codespell:ignore
            ],
        ),
    ],
)
async def test_an_offer_on_paper_tells_what_was_found_and_each_photo_with_its_hash_as_sealed(
    matter: Matter, language: str, told: list[str]
) -> None:
    photos = await pictured(matter)
    showing = await shown(
        matter, {}, presentation={"language": language},
        reported="It squeals.", found="Pads worn to 1 mm, #panic() *disc* scored.", photos=[UUID(one["id"]) for one in photos],
    )  # fmt: skip
    paper = await matter.world.http.get(f"/a/{showing.given['token']}/offer.pdf")
    text = " ".join(pages_of(paper.content))
    for part in told:
        expected = part.format(*(one["photo_hash"] for one in photos))
        assert expected in text, (expected, text)


async def test_a_later_wording_tells_its_own_findings_and_the_paper_of_an_earlier_one_keeps_those_it_was_sealed_with(
    matter: Matter,
) -> None:
    first, second = await kept(matter, photograph("red")), await kept(matter, photograph("blue"))
    offer = await matter.offer({}, found="Pads worn to 1 mm.", photos=[UUID(first["id"])])
    await matter.present(offer)
    body = {"revises": 1, "items": [LABOUR], "found": "The disc is cracked too.", "photos": [second["id"]]}
    await matter.world.done("POST", f"/v1/offers/{offer.id}/revisions", body)
    one, two = [await text_of(matter.world, f"/v1/offers/{offer.id}/offer.pdf?revision={number}") for number in (1, 2)]
    told = ("Pads worn to 1 mm.", first["photo_hash"], "The disc is cracked too.", second["photo_hash"])
    assert [part in one for part in told] == [True, True, False, False]
    assert [part in two for part in told] == [False, False, True, True]


async def test_an_offer_without_findings_or_photos_says_nothing_of_them(matter: Matter) -> None:
    text = await text_of(matter.world, f"/v1/offers/{(await matter.offer({})).id}/offer.pdf")
    assert [words in text for words in ("What we found", "Photo")] == [False, False]


async def test_an_erased_photo_stays_on_paper_by_its_hash(matter: Matter) -> None:
    photo = await kept(matter)
    offer = await matter.offer({}, photos=[UUID(photo["id"])])
    await matter.present(offer)
    before = await pdf_of(matter.world, f"/v1/offers/{offer.id}/offer.pdf")
    await matter.world.sql("delete from authorisations.photo_content")
    assert await pdf_of(matter.world, f"/v1/offers/{offer.id}/offer.pdf") == before


async def test_the_longest_findings_are_on_paper_whole(matter: Matter) -> None:
    found = " ".join(f"word-{number}" for number in range(1, 220))[:2_000]
    assert found in await text_of(matter.world, f"/v1/offers/{(await matter.offer({}, found=found)).id}/offer.pdf")


async def test_additional_work_is_offered_with_the_total_that_it_would_make(matter: Matter) -> None:
    await matter.authorised({})
    offer = await matter.offer({"description": "Drum belt", "unit_price": "2500"}, kind="additional")
    text = await text_of(matter.world, f"/v1/offers/{offer.id}/offer.pdf?revision=1")
    assert "Estimate of additional work" in text
    assert "Agreed so far (before tax) €100.00 Revised total, if you agree to all of it (before tax) €125.00" in text


LITERAL = '#read("/etc/passwd") *bold* _under_ $x^2$ #panic() \\u{41} <label> @ref // no comment /* none */ `raw` = heading'


async def test_what_people_write_is_shown_and_never_interpreted(matter: Matter) -> None:
    offer = await matter.offer({"description": LITERAL, "method": "#text(red)[x]"})
    text = await text_of(matter.world, f"/v1/offers/{offer.id}/offer.pdf?revision=1")
    assert LITERAL in text
    assert "method: #text(red)[x]" in text
    assert "root:" not in text


@pytest.mark.parametrize(
    "words", ["Straße Łódź Őrség Şişli naïve", "Ελληνικά: επισκευή", "Ремонт сушилки, їжак", "תיקון", "one line\nanother line"]
)
async def test_letters_of_other_languages_are_printed(matter: Matter, words: str) -> None:
    offer = await matter.offer({"description": words})
    text = await text_of(matter.world, f"/v1/offers/{offer.id}/offer.pdf?revision=1")
    assert sorted("".join(words.split())) == sorted("".join(text[text.index("Amount 1") + len("Amount 1") : text.index("1 h")].split()))


async def test_the_same_offer_is_the_same_file_to_the_byte(matter: Matter) -> None:
    offer = await matter.offer({})
    await matter.present(offer)
    path = f"/v1/offers/{offer.id}/offer.pdf?revision=1"
    first = await pdf_of(matter.world, path)
    matter.world.clock.forward(days=3)
    assert await pdf_of(matter.world, path) == first


async def test_an_offer_speaks_the_customers_language(world: World) -> None:
    matter = await Matter(world).of_job()
    await world.changed(f"/v1/customers/{matter.customer_id}", language="de")
    offer = await matter.offer({"unit_price": "123456", "tax_rate": "19", "recurring": False})
    text = await text_of(world, f"/v1/offers/{offer.id}/offer.pdf?revision=1")
    for told in (
        "Kostenvoranschlag",
        "ENTWURF",
        "Work 1 Std. 1.234,56 € 1.234,56 €",
        "Steuer 19 % 234,57 €",
        "Seite 1 von 1",
        "4. März 2026 13:00 MEZ",
    ):
        assert told in text, (told, text)


@pytest.mark.parametrize(
    "place, law", [("US-CA", "California B&P 9884.9(a); 16 CCR 3353"), ("DE", "Directive 2011/83/EU articles 6(1), 7, 8(7)"), ("ZZ", None)]
)
async def test_an_offer_names_the_law_of_its_place(matter: Matter, place: str, law: str | None) -> None:
    await another_job(matter, place=place)
    offer = await matter.offer({})
    text = await text_of(matter.world, f"/v1/offers/{offer.id}/offer.pdf?revision=1")
    assert (f"Asked for by: {law}." in text) if law else ("Asked for by" not in text)


async def test_whoever_holds_a_link_reads_what_it_shows_on_paper(matter: Matter) -> None:
    showing = await shown(matter, {"description": "New drum belt"})
    page = await matter.world.http.get(f"/a/{showing.given['token']}")
    assert f"/a/{showing.given['token']}/offer.pdf" in page.text
    paper = await matter.world.http.get(f"/a/{showing.given['token']}/offer.pdf")
    assert (paper.status_code, paper.headers["content-type"], paper.headers["cache-control"]) == (
        200,
        "application/pdf",
        "private, no-store",
    )
    assert paper.content == await pdf_of(matter.world, f"/v1/offers/{showing.offer.id}/offer.pdf?revision=1")
    assert await showing.acts() == []


def holder(showing: Any) -> dict[str, str]:
    """The headers of whoever holds the link."""
    return {"Authorization": f"Bearer {showing.given['token']}"}


async def test_a_link_opens_no_document_but_its_own(matter: Matter) -> None:
    showing, other = await shown(matter, {}), await matter.offer({})
    for path in (f"/v1/offers/{other.id}/offer.pdf?revision=1", f"/v1/jobs/{matter.job_id}/job.pdf"):
        assert (await matter.world.http.get(path, headers=holder(showing))).status_code == 403


async def test_a_company_that_is_asked_for_its_address_prints_it_once_it_is_on_file(matter: Matter) -> None:
    await another_job(matter, place="DE")
    path = f"/v1/offers/{(await matter.offer({})).id}/offer.pdf"
    assert "not on file here: the company's address." in await text_of(matter.world, path)
    change = {"address": "Northwind GmbH, Hafenstraße 1\n20457 Hamburg", "registration": "HRB 12345, USt-IdNr. DE123456789"}
    told = await matter.world.request("PATCH", "/v1/organisation", json=change, headers={"If-Match": '"1"'})
    assert told.status_code == 200, told.text
    text = await text_of(matter.world, path)
    assert "Northwind Doorstep · Northwind GmbH, Hafenstraße 1 20457 Hamburg · HRB 12345, USt-IdNr. DE123456789" in text
    assert "not on file here" not in text
