"""What whoever has the signing key writes otherwise into a pack is found by a stranger with the public key, as far as it contradicts what was sealed."""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from service.evidence.archives import written
from service.evidence.packs import EVIDENCE, EXPLANATION, KEYS, MANIFEST
from service.evidence.verifying import verify_pack
from service.kit.signatures import Keys
from tests.authorisations.matters import Matter
from tests.evidence.packs import Job, codes, read, rewritten
from tests.world import World

Parts = dict[str, Any]


def _rate(parts: Parts) -> tuple[Any, Any]:
    return parts["invoices"][0], parts["invoices"][0]["lines"][0]


def _bill(line: Any, invoice: Any, quantity: int) -> None:
    """So many hours at the same price, with all sums over again."""
    more = (quantity - 1) * 10_000
    line["quantity"], line["net_minor"] = str(quantity), line["net_minor"] + more
    for rate in invoice["taxes"][:1]:
        tax = rate["tax_minor"]
        rate["lines_minor"] += more
        rate["tax_minor"] = round(rate["lines_minor"] * float(rate["tax_rate"]) / 100)
        invoice["tax_minor"] += rate["tax_minor"] - tax
        invoice["total_minor"] += rate["tax_minor"] - tax
    invoice["lines_minor"] += more
    invoice["total_minor"] += more


def bill_a_hundred(parts: Parts) -> None:
    invoice, line = _rate(parts)
    _bill(line, invoice, 100)


def bill_what_cites_nothing(parts: Parts) -> None:
    _, line = _rate(parts)
    line["item_id"] = line["scope_id"] = None


def bill_to_another_matter(parts: Parts) -> None:
    _, line = _rate(parts)
    line["scope_id"] = parts["scope"]["customer_id"]


def bill_twice(parts: Parts) -> None:
    parts["invoices"].append(dict(parts["invoices"][0]))


def misstate_the_quantity(parts: Parts) -> None:
    _, line = _rate(parts)
    line["quantity"] = "0.5"


def tax_otherwise(parts: Parts) -> None:
    for line in parts["invoices"][0]["lines"]:
        line["tax_rate"] = "7"


def do_more(parts: Parts) -> None:
    """What was done on the item that was declined."""
    parts["work"][0]["item_id"] = next(act["declined"][0] for act in parts["acts"] if act["declined"])


def do_it_before(parts: Parts) -> None:
    parts["work"][0]["started_us"] = parts["acts"][0]["recorded_us"] - 1


def hide_that_it_was_ratified(parts: Parts) -> None:
    parts["work"][0]["ratified"] = True


CHANGES: list[Callable[[Parts], None]] = [
    bill_a_hundred, bill_what_cites_nothing, bill_to_another_matter, bill_twice, misstate_the_quantity, tax_otherwise,
    do_more, do_it_before, hide_that_it_was_ratified,
    lambda parts: parts["work"].clear(),
    lambda parts: parts["presentations"].clear(),
    lambda parts: parts["presentations"][0].update(contact_id=parts["scope"]["customer_id"]),
    lambda parts: parts["persons"].clear(),
    lambda parts: parts["decisions"]["attempts"].clear(),
    lambda parts: [act.update(recorded_by="staff:evil") for act in parts["acts"]],
    lambda parts: [act.update(authoriser_capacity="other") for act in parts["acts"]],
    lambda parts: [act.update(contact_id=None) for act in parts["acts"]],
    lambda parts: parts["acts"][0].update(presentation_id=None),
    lambda parts: parts["acts"][2].update(offer_id=parts["acts"][0]["offer_id"], offer_hash=parts["acts"][0]["offer_hash"]),
    lambda parts: parts["scope"].update(combine="greater", pct_numerator=1, pct_denominator=1),
    lambda parts: parts["scope"].update(policy_name="GENEROUS"),
    lambda parts: parts["scope"].update(currency="USD"),
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
async def test_what_contradicts_the_sealed_texts_and_acts_is_found(ordinary: Job, change: Callable[[Parts], None]) -> None:
    keys: Keys = ordinary.matter.world.database.keys
    content = await ordinary.evidence()
    assert codes(rewritten(content, lambda _: None, keys=keys), keys, ordinary.receipts) == set()
    assert codes(rewritten(content, change, keys=keys), keys, ordinary.receipts)


@pytest.mark.parametrize("name, forged", [(EXPLANATION, b"All false"), (KEYS, b"{}"), (KEYS, b'{"keys":[]}')])
async def test_another_explanation_or_list_of_keys_is_found(ordinary: Job, name: str, forged: bytes) -> None:
    keys: Keys = ordinary.matter.world.database.keys
    members = read(await ordinary.evidence()) | {name: forged}
    manifest = msgspec.json.decode(keys.verify(members.pop(MANIFEST).decode(), typ=EVIDENCE))
    manifest["members"] = [{"name": one, "size": len(of), "sha256": hashlib.sha256(of).hexdigest()} for one, of in members.items()]
    resigned = keys.sign(msgspec.json.encode(manifest), typ=EVIDENCE).encode()
    assert codes(written({MANIFEST: resigned, **members}), keys, ordinary.receipts) == {"PACK_INVALID"}


async def test_what_it_shows_names_whose_pack_it_is(ordinary: Job) -> None:
    matter = ordinary.matter
    told = " ".join(one.check for one in verify_pack(await ordinary.evidence(), keys=matter.world.database.keys))
    assert str(matter.world.organisation_id) in told
    assert str(matter.scope_id) in told


async def test_a_rebilled_credit_and_a_tolerated_excess_verify(world: World) -> None:
    matter = await Matter(world).begin(combine="pct", pct_numerator=1, pct_denominator=10)
    [item] = await matter.done({"quantity": "3"})
    await matter.work(item, "0.3")
    first = await matter.posted({"item_id": item, "quantity": "2"})
    credit = {"reason": "a mistake", "lines": [{"line_number": 1, "quantity": "1"}]}
    await world.done("POST", f"/v1/invoices/{first['id']}/credit-notes", credit, key=str(world.id()))
    await matter.posted({"item_id": item, "quantity": "2.3"})
    assert codes(await Job(matter, []).evidence(), world.database.keys) == set()


async def test_work_that_was_agreed_to_afterwards_says_so(world: World) -> None:
    matter = await Matter(world).begin(consent_deadline="after_work")
    offer = await matter.offer({})
    world.clock.forward(minutes=5)
    early = world.clock.now
    world.clock.forward(minutes=5)
    await matter.consent(offer)
    world.clock.forward(minutes=5)
    work = await matter.work(str(offer.item_ids[0]), started_at=early.isoformat(), ended_at=early.isoformat())
    assert work["flags"] == ["RATIFIED_AFTER_WORK"]
    invoice = await matter.posted({"item_id": str(offer.item_ids[0])})
    assert [line["ratified"] for line in (await world.done("GET", f"/v1/invoices/{invoice['id']}"))["lines"]] == [True]
    content = await Job(matter, []).evidence()
    findings = verify_pack(content, keys=world.database.keys)
    assert codes(content, world.database.keys) == set()
    assert any("1 only afterwards" in one.check for one in findings)
    hidden = rewritten(content, lambda parts: parts["work"][0].update(ratified=False), keys=world.database.keys)
    assert codes(hidden, world.database.keys) == {"LOG_INCONSISTENT"}
