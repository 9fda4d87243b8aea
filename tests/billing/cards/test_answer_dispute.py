"""A disputed card payment is answered with the proof of its matter: sent once, whatever answers are lost, and never too late unseen."""

import hashlib
import io
from typing import Any

import pytest
from PIL import Image

from service.evidence.background import HASH_AT_PROVIDER
from tests.authorisations.matters import Matter
from tests.authorisations.test_confirm_answer import SIGNED, asked
from tests.billing.cards.disputes import Disputed


async def test_the_bank_has_the_proof_once_and_each_field_is_kept_by_its_hash(one: Disputed) -> None:
    assert (await one.now())["answer"] == "none"
    asked = await one.ask()
    assert (asked.status_code, asked.json()["scope_id"]) == (201, str(one.matter.scope_id))
    assert (await one.now())["answer"] == "asked"
    await one.run()
    ended = await one.now()
    (sending,) = ended["sendings"]
    assert (ended["answer"], sending["submitted"]) == ("submitted", True)
    there = await one.at_provider()
    assert (there.evidence_details.submission_count, there.status) == (1, "under_review")
    assert there.metadata[HASH_AT_PROVIDER] == sending["evidence_hash"]
    evidence = (await one.shop.world.app.state.outside.stripe.client.v1.disputes.retrieve_async(one.thing["id"])).evidence
    fields = {field["name"]: field for field in sending["fields"]}
    assert set(fields) == {
        "customer_name", "product_description", "service_date", "access_activity_log", "uncategorized_text", "receipt", "service_documentation",
    }  # fmt: skip
    assert fields["customer_name"]["value"] is None
    for name, field in fields.items():
        if field["type"] == "text":
            assert hashlib.sha256(evidence[name].encode()).hexdigest() == field["sha256"]
        else:
            kept = await one.shop.world.app.state.outside.stripe.client.v1.files.retrieve_async(evidence[name])
            assert (kept.size, kept.type) == (field["bytes"], "pdf")
    again = await one.ask()
    assert again.status_code == 200
    await one.run()
    assert (await one.at_provider()).evidence_details.submission_count == 1


async def test_a_signature_on_glass_is_sent_as_a_picture_of_what_was_sealed(one: Disputed) -> None:
    world = one.shop.world
    showing = await asked(one.matter, "signature")
    signed = (await showing.answer(*showing.items, signature=SIGNED)).json()["id"]
    picture = await world.get(f"/v1/authorisations/{signed}/signature.png", role="back_office")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    with Image.open(io.BytesIO(picture.content)) as drawn:
        ((x, y), *_), *_ = SIGNED
        assert (drawn.size, drawn.getpixel((x, y)), drawn.getpixel((5, 5))) == ((1000, 400), 0, 255)
    await one.ask()
    await one.run()
    [sending] = (await one.now())["sendings"]
    (field,) = [field for field in sending["fields"] if field["name"] == "customer_signature"]
    assert (field["type"], field["sha256"], field["value"]) == ("file", hashlib.sha256(picture.content).hexdigest(), None)
    provider = world.app.state.outside.stripe.client.v1
    kept = await provider.files.retrieve_async((await provider.disputes.retrieve_async(one.thing["id"])).evidence["customer_signature"])
    assert (kept.type, kept.size, kept.filename) == ("png", len(picture.content), "customer_signature.png")


async def test_a_signature_is_shown_to_who_may_read_evidence_and_an_act_without_one_has_none(one: Disputed) -> None:
    (unsigned,) = await one.shop.world.sql(
        "select authorisation_id from authorisations.authorisation where scope_id = $1 order by seq limit 1", one.matter.scope_id
    )
    path = f"/v1/authorisations/{unsigned[0]}/signature.png"
    assert [(await one.shop.world.get(path, role=role)).status_code for role in ("back_office", "technician")] == [404, 403]


@pytest.mark.parametrize("path", ["/v1/files", "/v1/disputes"])
@pytest.mark.parametrize("how", ["cut_after", "cut_before", "error_after_commit"])
async def test_a_lost_answer_is_sent_again_and_the_bank_has_it_once(one: Disputed, path: str, how: Any) -> None:
    await one.ask()
    await one.shop.standin.fail_next(how=how, method="POST", path_starts=path)
    await one.run()
    assert (await one.now())["answer"] == "asked"
    for _ in range(3):  # an error is remembered by the provider, and so told again for a while
        one.shop.world.clock.forward(minutes=1)
        await one.run()
    ended = await one.now()
    assert (ended["answer"], len(ended["sendings"]), (await one.at_provider()).evidence_details.submission_count) == ("submitted", 1, 1)


async def test_what_somebody_else_sent_stays_and_is_told(one: Disputed) -> None:
    await one.ask()
    provider = one.shop.world.app.state.outside.stripe.client.v1
    await provider.disputes.update_async(one.thing["id"], {"evidence": {"uncategorized_text": "by hand"}, "submit": True})
    await one.run()
    ended = await one.now()
    assert (ended["answer"], ended["sendings"]) == ("by_others", [])


async def test_a_dispute_that_the_bank_decided_meanwhile_was_too_late(one: Disputed) -> None:
    await one.ask()
    await one.shop.standin.decide(dispute=one.thing["id"], wins=False)
    await one.run()
    assert (await one.now())["answer"] == "too_late"


async def test_after_its_last_day_and_after_its_end_nothing_is_asked_for(one: Disputed) -> None:
    one.shop.world.clock.forward(days=15)
    assert (await one.ask()).json()["code"] == "DISPUTE_TOO_LATE"
    one.shop.world.clock.forward(days=-15)
    await one.shop.tell("charge.dispute.closed", one.thing | {"status": "lost"}, event_id=f"evt_closed_{one.thing['id']}")
    assert (await one.ask()).json()["code"] == "DISPUTE_NOT_OPEN"


async def test_only_a_matter_of_the_same_customer_is_proof(one: Disputed) -> None:
    other = await Matter(one.shop.world).begin()
    refused = await one.ask(scope_id=str(other.scope_id))
    assert (refused.status_code, refused.json()["code"]) == (409, "MATTER_UNCLEAR")
    assert (await one.ask(scope_id=str(one.matter.scope_id))).status_code == 201
    assert (await one.ask(scope_id=str(other.scope_id))).json()["code"] == "DISPUTE_ANSWERED"


async def test_only_who_may_answers(one: Disputed) -> None:
    path = f"/v1/disputes/{one.dispute_id}/evidence"
    assert (await one.shop.world.post(path, {}, role="dispatcher")).status_code == 403
    assert (await one.shop.world.post(f"/v1/disputes/{one.shop.world.id()}/evidence", {}, role="back_office")).status_code == 404
