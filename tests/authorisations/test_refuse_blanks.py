"""What counts as evidence says something, and says it visibly."""

from typing import Any

import asyncpg
import pytest

from tests.authorisations.matters import LABOUR, Matter
from tests.world import World

INVISIBLE = [
    " ",
    "\u00a0",
    "\u200b",
    "\u3164",
    "\u2800",
    "Oil\u202echange",
    "Oil\u200bchange",
    "Oil\u001b[2Jchange",
    "Oil\u0085change",
    "Oil\U000e0041change",
]


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter of a job."""
    return await Matter(world).of_job()


@pytest.mark.parametrize("text", INVISIBLE)
@pytest.mark.parametrize("field", ["description", "sku", "method"])
async def test_an_item_is_offered_in_words_that_are_seen(matter: Matter, field: str, text: str) -> None:
    refused = await matter.world.post(f"/v1/jobs/{matter.job_id}/offers", {"items": [LABOUR | {field: text}]})
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT")
    assert field in refused.json()["detail"]
    assert "regex" not in refused.json()["detail"]


@pytest.mark.parametrize("text", ["Oil change\n\t5W-30", "تعویض\u200cروغن", "👨\u200d🔧 Engine", "Ölwechsel"])
async def test_words_of_every_script_are_offered_and_trimmed(matter: Matter, text: str) -> None:
    offer = await matter.world.done("POST", f"/v1/jobs/{matter.job_id}/offers", {"items": [LABOUR | {"description": f"  {text} "}]})
    [row] = await matter.world.sql("select description from authorisations.offer_item where item_id = $1::uuid", offer["item_ids"][0])
    assert row["description"] == text


@pytest.mark.parametrize("text", [" ", "   ", "\u200b\u200b\u200b", "T\u202eT", "T\nT"])
@pytest.mark.parametrize("field", ["name", "received_by", "number_called"])
async def test_an_oral_record_is_not_complete_with_blanks(matter: Matter, field: str, text: str) -> None:
    offer = await matter.offer()
    document: dict[str, Any] = {
        "offer_hash": offer.offer_hash, "channel": "oral_phone", "consented_at": matter.world.clock.now.isoformat(), "approved": [str(offer.item_ids[0])],
        "authoriser": {"contact_id": matter.contact_id, "name": "Ada"}, "received_by": "TT", "number_called": "+49 30 555", "conditions": "",
        "added_minor": 10_000, "total_minor": 10_000,
    }  # fmt: skip
    if field == "name":
        document["authoriser"]["name"] = text
    else:
        document[field] = text
    refused = await matter.world.post(f"/v1/offers/{offer.id}/oral-consents", document)
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT"), refused.text


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\t\n", "\u202e"])
async def test_the_database_takes_no_blank_for_evidence(matter: Matter, text: str) -> None:
    act = await matter.consent(await matter.offer())
    with pytest.raises(asyncpg.CheckViolationError) as refusal:
        await matter.world.sql(
            "insert into authorisations.consent_detail (organisation_id, authorisation_id, salt, authoriser_name) values ($1, $2::uuid, decode(repeat('00', 32), 'hex'), $3)",
            matter.world.organisation_id, act["id"], text,
        )  # fmt: skip
    assert refusal.value.as_dict()["constraint_name"] == "authoriser_name_says_something"
    [row] = await matter.world.sql("select kit.says_something($1) as says, kit.says_something('Ölwechsel 漢字 نام') as word", text)
    assert (row["says"], row["word"]) == (False, True)


@pytest.mark.parametrize("conversions", [{"HUR": "2"}, {"MIN": "1/60", "HUR": "1"}])
async def test_a_unit_is_not_converted_to_itself(matter: Matter, conversions: dict[str, str]) -> None:
    refused = await matter.world.post(f"/v1/jobs/{matter.job_id}/offers", {"items": [LABOUR | {"conversions": conversions}]})
    assert (refused.status_code, refused.json()["code"]) == (422, "UNIT_CONVERTS_ITSELF")
    offer = await matter.offer()
    with pytest.raises(asyncpg.CheckViolationError) as refusal:
        await matter.world.sql(
            "insert into authorisations.offer_item (organisation_id, item_id, offer_id, revision, position, items_before, items_hash, scope_id, offer_hash, currency, tax_basis, kind, description, alternates,"
            " unit, conversions, ticks, denominator, price_numerator, price_denominator, tax_category, tax_numerator, tax_denominator, recurring, optional, preselected)"
            " select organisation_id, gen_random_uuid(), offer_id, revision, 1, items_before, items_hash, scope_id, offer_hash, currency, tax_basis, kind, description, alternates,"
            ' unit, \'{"HUR": ["2", "1"]}\', ticks, denominator, price_numerator, price_denominator, tax_category, tax_numerator, tax_denominator, recurring, optional, preselected'
            " from authorisations.offer_item where item_id = $1",
            offer.item_ids[0],
        )
    assert refusal.value.as_dict()["constraint_name"] == "no_unit_converts_itself"
