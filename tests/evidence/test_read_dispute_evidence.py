"""A disputed card payment is answered within Stripe's fields and limits, and a person decides whether it is sent."""

from typing import Any

from tests.authorisations.matters import Matter
from tests.evidence.packs import job
from tests.world import World


async def built(matter: Matter) -> dict[str, Any]:
    """The evidence, as the office reads it."""
    return await matter.world.done("GET", f"/v1/scopes/{matter.scope_id}/dispute-evidence", role="back_office")


def words(evidence: dict[str, Any]) -> dict[str, str]:
    """The fields that are told in words."""
    return {field["name"]: field["value"] for field in evidence["fields"] if field["type"] == "text"}


async def test_e15_each_field_has_its_type_and_nothing_is_submitted(world: World) -> None:
    matter = (await job(world)).matter
    evidence = await built(matter)
    assert (evidence["submit"], [(field["name"], field["type"]) for field in evidence["fields"]]) == (
        False,
        [
            ("customer_name", "text"),
            ("product_description", "text"),
            ("service_date", "text"),
            ("access_activity_log", "text"),
            ("uncategorized_text", "text"),
            ("receipt", "file"),
        ],
    )
    told = words(evidence)
    assert (told["customer_name"], told["service_date"]) == ("Ada Owner", "2026-03-04")
    assert told["product_description"].splitlines()[1:] == ["Oil change, 1 HUR: 100.00 EUR", "Brake pads, front, 1 HUR: 100.00 EUR"]
    for said in (
        "yes to Oil change, Brake pads, front; no to Wiper blades by the link",
        "took an authorisation back by telephone",
        "Done: Oil change, 1 HUR.",
    ):
        assert said in told["uncategorized_text"]
    assert "Shown by the link mailed to them" in told["access_activity_log"]
    [file] = [field for field in evidence["fields"] if field["type"] == "file"]
    pdf = await world.get(file["source"], role="back_office")
    assert (pdf.headers["content-type"], file["media_type"], file["purpose"]) == ("application/pdf", "application/pdf", "dispute_evidence")
    await world.changed(f"/v1/customers/{matter.customer_id}", name="Ada Lovelace")
    assert words(await built(matter)) == told, "whom the invoice names"


async def test_e15_each_field_has_at_most_20000_characters_and_says_what_is_left_out(world: World) -> None:
    matter = await Matter(world).begin()
    items = [{"description": f"{number:03} " + "x" * 1_900, "unit_price": "100"} for number in range(100)]
    ids = await matter.done(*items)
    await matter.posted(*({"item_id": item, "unit_price": "100"} for item in ids))
    evidence = await built(matter)
    told = words(evidence)
    assert evidence["characters"] == sum(map(len, told.values())) <= 150_000
    assert 18_000 < len(told["product_description"]) <= max(map(len, told.values())) <= 20_000
    assert told["product_description"].endswith("\nLeft out here, and in the evidence pack: 90 entries.")
    assert "Left out here, and in the evidence pack: " in told["uncategorized_text"]


async def test_before_anything_was_done_there_is_no_file_to_send(world: World) -> None:
    evidence = await built(await Matter(world).begin())
    assert [field["name"] for field in evidence["fields"]] == ["customer_name"]
