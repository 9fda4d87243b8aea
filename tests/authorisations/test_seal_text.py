"""What is hashed has one form: RFC 8785 over NFC text, without a number that two programs could write in two ways."""

import json
from decimal import Decimal
from typing import Any

import pytest
import rfc8785

from service.authorisations.canonical import NOTHING, OFFER, chained, seal, text_of
from tests.authorisations.matters import Matter
from tests.world import World

SIX = [
    # numbers as section 3.2.2.3 and appendix B write them
    ([333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001, -0.0], "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]"),
    # section 3.2.2.2: what is escaped, and what is left as it is
    ('\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),
    # section 3.2.2.1: literals
    ([None, True, False], "[null,true,false]"),
    # section 3.2.3: names sort by UTF-16 code units, so that an emoji stands before U+FB33
    (
        {"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Dalet", "1": "One", "\U0001f600": "Smiley", "\u0080": "Control", "\u00f6": "o"},
        '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"o","€":"Euro Sign","\U0001f600":"Smiley","\ufb33":"Dalet"}',
    ),
    # nested objects sort on each level, lists keep their order, no space anywhere
    ({"b": [{"d": 1, "c": [2, {}]}, []], "a": {"z": "", "y": 56}}, '{"a":{"y":56,"z":""},"b":[{"c":[2,{}],"d":1},[]]}'),
    # names that begin alike, one of them empty
    ({"ab": 1, "a": 2, "": 3, "B": 4}, '{"":3,"B":4,"a":2,"ab":1}'),
]  # fmt: skip


@pytest.mark.parametrize("document, expected", SIX, ids=range(len(SIX)))
def test_e06_a_document_has_the_one_form_of_rfc_8785(document: Any, expected: str) -> None:
    assert rfc8785.dumps(document).decode() == expected


@pytest.mark.parametrize("document, expected", [pair for pair in SIX if isinstance(pair[0], dict)], ids=str)
def test_e06_what_we_seal_has_that_form(document: dict[str, Any], expected: str) -> None:
    # U+FB33 decomposes under NFC: a text that is sealed never holds it.
    if "\ufb33" not in document:
        assert text_of(document) == expected


@pytest.mark.parametrize("amount", [1.10, 2**53 + 1, Decimal("1.10"), float("nan")], ids=str)
def test_e07_an_amount_that_is_no_whole_number_or_text_is_not_sealed(amount: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        text_of({"amount_minor": amount})


@pytest.mark.parametrize("price", [1.10, 110, 2**53 + 1, "1e3", "NaN", str(2**80)], ids=str)
async def test_e07_nor_does_the_api_take_it(world: World, price: object) -> None:
    matter = await Matter(world).begin()
    offer = await matter.offer({})
    item = {
        "quantity": "1",
        "kind": "labour",
        "description": "Work",
        "unit": "HUR",
        "unit_price": price,
        "tax_category": "S",
        "tax_rate": "0",
    }
    answer = await world.post(f"/v1/offers/{offer.id}/revisions", {"revises": 1, "items": [item]})
    assert answer.status_code == 422, answer.text


async def test_e08_composed_and_decomposed_letters_are_sealed_as_one_text(world: World) -> None:
    composed, decomposed = "\u00e9clair", "e\u0301clair"
    assert rfc8785.dumps(composed) != rfc8785.dumps(decomposed), "RFC 8785 itself leaves them apart"
    assert seal(OFFER, text_of({"description": composed})) == seal(OFFER, text_of({"description": decomposed}))
    matter = await Matter(world).begin()
    offer = await matter.offer({"description": decomposed})
    text = (await world.done("GET", f"/v1/offers/{offer.id}"))["text"]
    assert composed in text
    assert seal(OFFER, text) == offer.offer_hash
    rows = await world.sql("select description from authorisations.offer_item where item_id = $1", offer.item_ids[0])
    assert rows[0][0] == composed, "the item says what the text says"


ITEM: dict[str, Any] = {
    "item_id": "019526a1-5b1e-7c3a-8e56-9f0a1b2c3d4e", "position": 12, "kind": "part", "description": "Element", "catalogue_item_id": None,
    "catalogue_effective_on": None, "sku": None, "alternates": [], "condition": None, "method": None, "unit": "EA", "conversions": {}, "ticks": 10**15,
    "denominator": 100_000_000, "price_numerator": 10**12, "price_denominator": 999_999, "tax_category": "S", "tax_numerator": 19, "tax_denominator": 100,
    "recurring": False, "optional": True, "preselected": False,
}  # fmt: skip
LETTERS = "".join(chr(one) for one in range(1, 0x110000) if not 0xD800 <= one < 0xE000)
EVERY_LETTER = [LETTERS[at : at + 60_000] for at in range(0, len(LETTERS), 60_000)]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {
            "catalogue_item_id": "019526a1-5b1e-7c3a-8e56-9f0a1b2c3d4f",
            "catalogue_effective_on": "2026-02-28",
            "recurring": True,
            "preselected": True,
        },
        {"sku": 'HE-2400 "B"', "alternates": ["HE\\1", 'a", "b', ""], "condition": "non_oem", "method": "soldered\n\tby hand"},
        {"conversions": {"MIN": ["1", "60"], "H": ["1", "1"], "DAY": ["24", "1"], "5B": ["3", "2"], "A": ["1 000", 'x", "y\\']}},
        {
            "exemption_code": "VATEX-EU-AE",
            "exemption_reason": "Steuerschuldnerschaft des Leistungsempfängers",
            "seller_vat_id": "DE1",
            "buyer_vat_id": "AT2",
        },
        *({"description": letters, "sku": letters[::-1], "alternates": [letters]} for letters in EVERY_LETTER),
    ],
    ids=lambda said: f"{said}"[:40],
)
async def test_the_database_writes_an_item_as_it_is_sealed(world: World, said: dict[str, Any]) -> None:
    sealed = text_of(ITEM | said)
    item = json.loads(sealed) | {"items_before": "\\x" + NOTHING}
    hashed = "select encode(authorisations.item_hash(jsonb_populate_record(null::authorisations.offer_item, $1::jsonb)), 'hex')"
    of_the_text = """select encode((authorisations.item_hashes('{"items":[' || $1::text || ']}'))[2], 'hex')"""
    for statement, given in ((hashed, json.dumps(item)), (of_the_text, sealed)):
        assert (await world.sql(statement, given))[0][0] == chained([sealed])[1]
