"""Where no tax is charged the customer is told why before they agree, and reads the same on paper and in the e-invoice."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.kit.refusals import Refusal
from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.documents.papers import text_of
from tests.documents.test_write_einvoice import written
from tests.documents.traded import BUYER, SELLER, keep_parties

SMALL = {"tax_category": "E", "exemption_reason": "Small business, § 19 UStG"}


async def test_under_reverse_charge_the_customer_is_told_before_on_paper_and_in_the_e_invoice(matter: Matter) -> None:
    await keep_parties(matter)
    showing = await shown(matter, {"tax_category": "AE"})
    page = (await matter.world.http.get(f"/a/{showing.given['token']}")).text
    assert "Reverse charge: you owe the tax yourself · VAT IDs: ours DE123456789, yours ATU12345678" in page
    await showing.answer(*showing.items)
    matter.world.clock.forward(minutes=1)
    await matter.work(showing.items[0])
    invoice = await matter.posted({"item_id": showing.items[0]})
    await keep_parties(matter, buyer=BUYER | {"vat_id": None})
    told = await written(matter, invoice)
    [tax] = told.taxes
    assert (tax.category, str(tax.rate), str(tax.amount), tax.reason_code) == ("AE", "0", "0.00", "VATEX-EU-AE")
    assert (told.seller.vat_id, told.buyer.vat_id) == ("DE123456789", "ATU12345678"), "as agreed, whatever is on record now"
    text = await text_of(matter.world, f"/v1/invoices/{invoice['id']}/invoice.pdf")
    assert "Reverse charge: the customer owes the tax. VAT IDs: ours DE123456789, yours ATU12345678." in text


@pytest.mark.parametrize("seller, buyer", [({"vat_id": ""}, BUYER), (SELLER, BUYER | {"vat_id": None})])
@pytest.mark.parametrize("category", ["AE", "K"])
async def test_nobody_owes_the_tax_themselves_without_both_vat_ids(
    matter: Matter, category: str, seller: dict[str, str], buyer: dict[str, Any]
) -> None:
    await keep_parties(matter, buyer=buyer, **seller)
    with pytest.raises(Refusal) as refused:
        await matter.offer({"tax_category": category})
    assert refused.value.code == "VAT_IDS_MISSING"


async def test_an_exemption_says_why_everywhere(matter: Matter) -> None:
    await keep_parties(matter)
    items = await matter.done(
        SMALL, SMALL | {"exemption_reason": "Medical care", "unit_price": "500"}, {"tax_rate": "19", "unit_price": "2000"}
    )
    invoice = await matter.posted(
        {"item_id": items[0]}, {"item_id": items[1], "unit_price": "500"}, {"item_id": items[2], "unit_price": "2000"}
    )
    told = await written(matter, invoice)
    assert [(one.category, str(one.base), one.reason) for one in told.taxes] == [
        ("E", "105.00", "Medical care; Small business, § 19 UStG"),
        ("S", "20.00", None),
    ]
    text = await text_of(matter.world, f"/v1/invoices/{invoice['id']}/invoice.pdf")
    assert "Medical care; Small business, § 19 UStG." in text


async def test_a_supply_within_the_union_goes_to_the_customers_country(matter: Matter) -> None:
    await keep_parties(matter)
    [item] = await matter.done({"kind": "part", "tax_category": "K", "unit": "EA"})
    told = await written(matter, await matter.posted({"item_id": item}))
    assert (told.deliver_to_country, told.taxes[0].reason_code) == ("AT", "VATEX-EU-IC")


async def test_what_is_outside_of_tax_names_no_vat_ids_and_stands_alone(matter: Matter) -> None:
    await keep_parties(matter)
    outside, taxed = await matter.done({"tax_category": "O"}, {"tax_rate": "19", "unit_price": "2000"})
    told = await written(matter, await matter.posted({"item_id": outside, "quantity": "1/2"}))
    assert (told.seller.vat_id, told.buyer.vat_id, told.taxes[0].category) == (None, None, "O")
    invoice = await matter.posted({"item_id": outside, "quantity": "1/2"}, {"item_id": taxed, "unit_price": "2000"})
    check = await matter.world.done("GET", f"/v1/invoices/{invoice['id']}/e-invoice-check")
    assert {"BR-O-11", "BR-O-12"} <= {one["rule"] for one in check["rules"]}


@pytest.mark.parametrize(
    "item, code",
    [
        ({"tax_category": "E"}, "EXEMPTION_DOES_NOT_FIT"),
        ({"tax_category": "S", "exemption_reason": "Because"}, "EXEMPTION_DOES_NOT_FIT"),
        ({"tax_category": "Z", "exemption_code": "VATEX-EU-132"}, "EXEMPTION_DOES_NOT_FIT"),
        (SMALL | {"tax_rate": "19"}, "TAX_DOES_NOT_FIT"),
        ({"tax_category": "O", "tax_rate": "7"}, "TAX_DOES_NOT_FIT"),
    ],
)
async def test_a_rate_or_a_reason_that_does_not_fit_its_category_is_refused(matter: Matter, item: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        await matter.offer(item)
    assert refused.value.code == code


async def test_the_price_book_keeps_why_and_an_offer_takes_it_from_there(matter: Matter) -> None:
    await keep_parties(matter)
    book = {
        "code": "CARE", "kind": "labour", "effective_on": "2026-01-01", "name": "Care", "unit": "HUR", "currency": "EUR", "price": "5000", "tax_category": "E",
        "tax_rate_bp": 0,
    }  # fmt: skip
    refused = await matter.world.post("/v1/catalogue/items", book)
    assert (refused.status_code, refused.json()["code"]) == (422, "EXEMPTION_DOES_NOT_FIT")
    for unlisted in ("VATEX-EU-132-1R", "VATEX-DE-19", "vatex-eu-132"):
        assert (await matter.world.post("/v1/catalogue/items", book | {"exemption_code": unlisted})).status_code == 422
    item = await matter.world.done("POST", "/v1/catalogue/items", book | {"exemption_code": "VATEX-EU-132-1C"})
    [version] = (await matter.world.done("GET", f"/v1/catalogue/items/{item['id']}"))["versions"]
    assert (version["exemption_code"], version["exemption_reason"]) == ("VATEX-EU-132-1C", None)
    offered = {
        "book_item": UUID(item["id"]),
        "kind": None,
        "description": None,
        "unit": None,
        "unit_price": None,
        "tax_category": None,
        "tax_rate": None,
    }
    [sold] = await matter.done(offered)
    [tax] = (await written(matter, await matter.posted({"item_id": sold, "unit_price": "5000"}))).taxes
    assert (tax.category, tax.reason_code) == ("E", "VATEX-EU-132-1C")


@pytest.mark.parametrize(
    "change, constraint",
    [
        ("tax_category = 'E'", "offered_exemption_fits_its_category"),
        ("tax_category = 'AE'", "buyer_owes_tax_between_vat_ids"),
        ("tax_category = 'K', seller_vat_id = 'DE123456789', buyer_vat_id = 'ATU1'", "buyer_owes_tax_between_vat_ids"),
        ("tax_category = 'Z', tax_numerator = 19, tax_denominator = 100", "offered_tax_fits_its_category"),
        ("exemption_code = 'VATEX-EU-132-1R'", "offered_exemption_code_known"),
        ("tax_category = 'XX'", "tax_category_is_en16931"),
        ("exemption_reason = 'Because'", "offered_exemption_fits_its_category"),
        ("buyer_vat_id = 'ATU12345678'", "buyer_owes_tax_between_vat_ids"),
    ],
)
async def test_no_hand_in_the_database_can_write_it_otherwise(
    matter: Matter, owner: asyncpg.Connection, change: str, constraint: str
) -> None:
    await matter.offer({})
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await owner.execute(f"update authorisations.offer_item set {change} where organisation_id = $1", matter.world.organisation_id)
    assert refused.value.constraint_name == constraint
