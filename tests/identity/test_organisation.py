"""The company itself: founded with its first manager, changed by version; what may be read before the tenant is known."""

from typing import Any
from uuid import UUID

from service.identity.organisations import found_organisation
from service.identity.records import Founding
from tests.identity.builders import PASSWORD, public
from tests.world import World

WITHOUT_WALL = {
    "authorisations.law": {
        "jurisdiction",
        "trade",
        "price_form",
        "combine",
        "pct_numerator",
        "pct_denominator",
        "abs_minor",
        "hard_cap_minor",
        "at_limit_refuses",
        "consent_deadline",
        "citation",
        "overrun_notice",
        "withdrawal_days",
        "itemised_request_days",
        "itemised_reply_days",
    },
    "authorisations.paper_law": {"jurisdiction", "trade", "document", "asks", "notice", "citation"},
    "kit.epoch": {"epoch", "began_at"},
    "public.migration": {"name", "checksum", "applied_at"},
}
"""Every table without row-level security, with all it may hold: what is the law, and what is the database's own."""
LOOK_UPS = {
    "identity.api_key_hash": {"token_hash", "organisation_id", "api_key_id"},
    "care.mail_address_hash": {"address_hash", "organisation_id"},
    "identity.link_hash": {"token_hash", "organisation_id", "link_id"},
    "identity.sign_in_address": {"address_hash", "organisation_id", "staff_id"},
    "identity.public_name": {"slug", "organisation_id"},
    "kit.due": {"organisation_id", "task_id", "kind", "due_at"},
}
"""Every table that is read before the tenant is known, with all it may hold: hashes, ids, kinds and times, and the names of public pages."""
OWN = "(organisation_id = kit.tenant())"
POLICIES = """
select n.nspname || '.' || c.relname as name, (select attname from pg_attribute a where a.attrelid = c.oid and attnum = 1) as first,
  array(select attname::text from pg_attribute a where a.attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
  array(select concat_ws(' ', polcmd, pg_get_expr(polqual, polrelid), '/', pg_get_expr(polwithcheck, polrelid)) from pg_policy
    where polrelid = c.oid and polpermissive order by polcmd) as policies
from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and c.relrowsecurity"""


async def test_founding_makes_an_organisation_whose_manager_can_sign_in(world: World) -> None:
    founding = Founding(
        name="Second Doorstep", zone="America/New_York", currency="USD", language="en", phone="+1 212 555 0100", email="hi@second.example",
        manager_name="Mo Manager", manager_email=f"Mo.{world.id()}@second.example", manager_password=PASSWORD,
        organisation_id=world.id(), manager_id=world.id(),
    )  # fmt: skip
    principal = world.principal(organisation_id=founding.organisation_id)
    await world.database.perform(
        found_organisation, principal=principal, at=world.clock.now, request_id=world.id(), remember=None, values={"founding": founding}
    )
    answer = await public(world, "/v1/sign-in", {"email": founding.manager_email, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    found = (await world.http.get("/v1/organisation", headers=headers)).json()
    assert (found["name"], UUID(found["id"])) == ("Second Doorstep", founding.organisation_id)


async def test_the_organisation_is_changed_by_version(world: World) -> None:
    read = await world.get("/v1/organisation")
    changed = await world.request(
        "PATCH", "/v1/organisation", json={"phone": "+49 30 555 0199"}, headers={"If-Match": read.headers["etag"]}
    )
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    stale = await world.request("PATCH", "/v1/organisation", json={"phone": "+49 30 555 0000"}, headers={"If-Match": read.headers["etag"]})
    assert (stale.status_code, stale.json()["code"]) == (412, "STALE_VERSION")
    assert (await world.get("/v1/organisation")).json()["phone"] == "+49 30 555 0199"


async def test_the_currency_cannot_be_changed_nor_the_zone_made_up(world: World) -> None:
    for change in ({"currency": "USD"}, {"zone": "Europe/Atlantis"}, {"zone": "../etc/passwd"}):
        answer = await world.request("PATCH", "/v1/organisation", json=change, headers={"If-Match": '"1"'})
        assert answer.status_code == 422, change


async def test_only_the_law_and_what_is_the_databases_own_stand_outside_the_wall(owner: Any) -> None:
    rows = await owner.fetch(
        "select n.nspname || '.' || c.relname as name, c.relrowsecurity and c.relforcerowsecurity as walled,"
        " array(select attname::text from pg_attribute a where a.attrelid = c.oid and attnum > 0 and not attisdropped) as columns"
        " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'"
    )
    outside = {row["name"]: set(row["columns"]) for row in rows if not row["walled"]}
    assert outside == WITHOUT_WALL


async def test_every_walled_table_begins_with_its_organisation_and_has_the_one_policy(owner: Any) -> None:
    rows = [row for row in await owner.fetch(POLICIES) if row["name"] not in LOOK_UPS]
    wrong = [row["name"] for row in rows if row["first"] != "organisation_id" or row["policies"] != [f"* {OWN} / {OWN}"]]
    assert wrong == []


async def test_a_look_up_is_read_by_everybody_and_written_by_its_own_organisation(owner: Any) -> None:
    rows = {row["name"]: row for row in await owner.fetch(POLICIES) if row["name"] in LOOK_UPS}
    assert {name: set(row["columns"]) for name, row in rows.items()} == LOOK_UPS
    for name, row in rows.items():
        assert sorted(row["policies"]) == [f"a / {OWN}", f"d {OWN} /", "r true /", f"w {OWN} /"], name
