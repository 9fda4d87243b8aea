"""The law of the place, the trade and the form of the price say which policy a job is under."""

from typing import Any

import asyncpg
import pytest

from tests.world import World

ILLINOIS: dict[str, Any] = {"name": "US-IL", "citation": "815 ILCS 306", "jurisdiction": "US-IL", "combine": "pct", "percent_of": "1/10"}
OHIO: dict[str, Any] = {
    "name": "US-OH", "citation": "109:4-3-05", "jurisdiction": "US-OH", "combine": "greater", "percent_of": "1/10", "abs_minor": 500,
    "consent_deadline": "before_completion",
}  # fmt: skip


async def test_a_job_is_under_the_policy_of_its_sites_place(world: World) -> None:
    await world.done("POST", "/v1/policies", ILLINOIS)
    assert await policy_of(world, "US-IL") == "US-IL"
    assert await policy_of(world, "US-OH") == "ZERO"
    assert await policy_of(world, "ZZ") == "ZERO"


async def test_a_price_limit_is_under_its_own_law(world: World) -> None:
    await world.done("POST", "/v1/policies", ILLINOIS)
    assert await policy_of(world, "US-IL", price_form="limit") == "ZERO"
    await world.done(
        "POST", "/v1/policies", {"name": "US-IL-LIMIT", "citation": "306/20(b)", "jurisdiction": "US-IL", "price_form": "limit"}
    )
    assert await policy_of(world, "US-IL", price_form="limit") == "US-IL-LIMIT"


async def test_a_trade_with_a_law_of_its_own_takes_no_policy_of_all_trades(world: World) -> None:
    await world.done("POST", "/v1/policies", OHIO)
    assert await policy_of(world, "US-OH", trade="appliance") == "US-OH"
    assert await policy_of(world, "US-OH", trade="auto") == "ZERO"


async def test_a_later_version_replaces_the_one_before(world: World) -> None:
    await world.done("POST", "/v1/policies", ILLINOIS)
    await world.done("POST", "/v1/policies", ILLINOIS | {"jurisdiction": "ZZ"})
    assert await policy_of(world, "US-IL") == "ZERO"


async def test_a_policy_of_elsewhere_is_refused_where_the_place_is_known(world: World) -> None:
    await world.done("POST", "/v1/policies", ILLINOIS)
    await world.done("POST", "/v1/policies", {"name": "OURS", "citation": "ours", "combine": "pct", "percent_of": "1/2"})
    for name in ("US-IL", "OURS"):
        refused = await world.post("/v1/jobs", await job(world, "DE", policy_name=name))
        assert (refused.status_code, refused.json()["code"]) == (422, "POLICY_UNKNOWN")
    assert await policy_of(world, "ZZ", policy_name="OURS") == "OURS"


async def test_no_policy_by_name_brings_consent_after_the_work_to_a_place_that_forbids_it(world: World) -> None:
    late = {"name": "LATER", "citation": "ours", "consent_deadline": "after_work"}
    await world.done("POST", "/v1/policies", late)
    refused = await world.post("/v1/jobs", await job(world, "US-CA", policy_name="LATER"))
    assert (refused.status_code, refused.json()["code"]) == (422, "POLICY_UNKNOWN")
    assert await policy_of(world, "ZZ", policy_name="LATER") == "LATER"


async def test_an_offer_in_a_form_of_price_under_another_law_needs_its_own_job(world: World) -> None:
    await world.done("POST", "/v1/policies", ILLINOIS)
    opened = await world.done("POST", "/v1/jobs", await job(world, "US-IL"))
    item = {
        "kind": "labour", "description": "Work", "quantity": "1", "unit": "HUR", "unit_price": "100", "tax_category": "O", "tax_rate": "0",
    }  # fmt: skip
    refused = await world.post(f"/v1/jobs/{opened['id']}/offers", {"items": [item], "price_form": "limit"})
    assert (refused.status_code, refused.json()["code"]) == (409, "PRICE_FORM_UNDER_OTHER_LAW")
    offer = await world.done("POST", f"/v1/jobs/{opened['id']}/offers", {"items": [item]})
    for forms, constraint in (("price_forms", "price_form_under_the_scopes_law"), ("array['limit']", "price_forms_of_scope")):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
            await world.sql(IN_ANOTHER_FORM.format(forms=forms), offer["id"])


IN_ANOTHER_FORM = """insert into authorisations.offer_revision (organisation_id, offer_id, revision, scope_id, prior_hash, canonical, offer_hash, currency, tax_basis, price_forms,
  total_minor, cap_minor, valid_until, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, made_by)
select organisation_id, offer_id, 2, scope_id, offer_hash, text, authorisations.seal('sayso/offer-revision/1', text), currency, tax_basis, {forms},
  total_minor, cap_minor, valid_until, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, made_by
from authorisations.offer_revision cross join lateral (
  select (canonical::jsonb || jsonb_build_object('revision', 2, 'price_form', 'limit', 'prior_hash', encode(offer_hash, 'hex')))::text as text) t
where offer_id = $1::text::uuid"""


async def job(world: World, jurisdiction: str, **differences: Any) -> dict[str, Any]:
    customer = await world.customer()
    site = await world.done(
        "POST", f"/v1/customers/{customer['id']}/sites", {"address": "1 Mill Lane", "zone": "UTC", "jurisdiction": jurisdiction}
    )
    return {"customer_id": customer["id"], "site_id": site["id"], "kind": "repair"} | differences


async def policy_of(world: World, jurisdiction: str, **differences: Any) -> str:
    opened = await world.done("POST", "/v1/jobs", await job(world, jurisdiction, **differences))
    [row] = await world.sql("select policy_name from authorisations.scope where scope_id = $1::uuid", opened["scope_id"])
    name: str = row[0]
    return name
