"""A draft holds everything of a job that may be billed, ready to be posted as it is, and the reason of everything that may not."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.authorisations.matters import Matter
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """The matter of a real job."""
    return await Matter(world).of_job()


async def drafted(matter: Matter) -> dict[str, Any]:
    """The draft of the matter's job."""
    return await matter.world.done("GET", f"/v1/jobs/{matter.job_id}/invoice-draft", role="back_office")


async def post_as_given(matter: Matter, invoice: dict[str, Any]) -> dict[str, Any]:
    """Posts a drafted invoice unchanged."""
    request = invoice["request"]
    return await matter.world.done(request["method"], request["path"], request["body"], key=str(matter.world.id()), role="back_office")


def left_out(draft: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What isn't billable: words, quantity, reason."""
    return [(one["description"], one["quantity"], one["code"]) for one in draft["not_billable"]]


async def test_what_was_agreed_and_done_is_drafted_with_its_evidence(matter: Matter) -> None:
    offer = await matter.offer({"quantity": "2", "tax_rate": "19", "description": "Oil change"})
    act = await matter.consent(offer)
    matter.world.clock.forward(minutes=1)
    item = str(offer.item_ids[0])
    record = await matter.work(item, "1.5")
    [invoice] = (await drafted(matter))["invoices"]
    [line] = invoice["request"]["body"]["lines"]
    assert line == {
        "item_id": item, "quantity": "1.5", "unit": "HUR", "unit_price": "10000", "amount": 15_000, "work_record_ids": [record["id"]],
    }  # fmt: skip
    assert [invoice[name] for name in ("lines_minor", "tax_minor", "total_minor")] == [15_000, 2_850, 17_850]
    [evidence] = invoice["evidence"]
    assert [evidence[name] for name in ("authorisation_id", "offer_hash", "description")] == [act["id"], offer.offer_hash, "Oil change"]
    assert [(one["id"], one["quantity"], one["staff_id"]) for one in evidence["work"]] == [(record["id"], "1.5", matter.staff_id)]
    posted = await post_as_given(matter, invoice)
    assert (posted["total_minor"], posted["tax_minor"]) == (17_850, 2_850)


async def test_p17_what_was_drafted_is_judged_again_when_it_is_posted(matter: Matter) -> None:
    """Drafted while the customer agreed, and taken back before the rest was begun: the draft is no permission."""
    offer = await matter.offer({"quantity": "2"})
    act, item = await matter.consent(offer), str(offer.item_ids[0])
    matter.world.clock.forward(minutes=1)
    await matter.work(item)
    [invoice] = (await drafted(matter))["invoices"]
    [line] = invoice["request"]["body"]["lines"]
    await matter.world.done("POST", f"/v1/authorisations/{act['id']}/revoke", {"channel": "oral_phone"})
    matter.world.clock.forward(minutes=1)
    late = await matter.work(item)
    answer = await matter.post(line, line | {"work_record_ids": [late["id"]]})
    assert [(one["index"], one["code"]) for one in answer.json()["lines"]] == [(1, "AUTH_REVOKED")]
    assert {code for _, _, code in left_out(await drafted(matter))} == {"AUTH_REVOKED"}
    await post_as_given(matter, invoice)  # begun before: it stays billable up to what was done


async def test_nothing_is_stored_by_asking(matter: Matter) -> None:
    await matter.done({})
    count = "select count(*) from kit.fact where organisation_id = $1"
    before = await matter.world.sql(count, matter.world.organisation_id)
    assert await drafted(matter) == await drafted(matter)
    assert await matter.world.sql(count, matter.world.organisation_id) == before


async def test_what_isnt_billable_says_why(matter: Matter) -> None:
    offer = await matter.offer(
        *({"description": words} for words in ("done", "beyond", "waiting", "declined", "silent")), {"description": "late"}
    )
    done, beyond, waiting, declined, _silent, late = (str(item) for item in offer.item_ids)
    started_at = matter.world.clock.now.isoformat()
    matter.world.clock.forward(minutes=1)
    await matter.consent(offer, approved=[done, beyond, waiting, late], declined=[declined], added_minor=40_000, total_minor=40_000)
    matter.world.clock.forward(minutes=1)
    await matter.work(done)
    await matter.work(beyond, "2.5")
    await matter.work(declined)
    await matter.work(late, started_at=started_at)
    draft = await drafted(matter)
    assert left_out(draft) == [
        ("beyond", "1.5", "QTY_OVER_AUTHORISED"), ("waiting", "1", "NOT_PERFORMED_YET"), ("declined", "1", "AUTH_DECLINED"), ("silent", "1", "NO_EXPRESS_CONSENT"),
        ("late", "1", "NOT_PERFORMED_YET"), ("late", "1", "WORK_BEFORE_AUTH"),
    ]  # fmt: skip
    assert all(one["detail"] and one["remedy"] for one in draft["not_billable"])
    await post_as_given(matter, draft["invoices"][0])
    assert ("done", "1", "ALREADY_BILLED") in left_out(await drafted(matter))


@pytest.mark.parametrize(
    "deadline, remedy",
    [
        ("before_work", "A yes now covers later work only; what was done without a say-so is billed at 0."),
        ("after_work", "Have the customer approve the rest; here that may come after the work."),
    ],
)
async def test_what_was_done_beyond_what_was_agreed_says_whether_a_yes_still_helps(world: World, deadline: str, remedy: str) -> None:
    await world.done("POST", "/v1/policies", {"name": "OURS", "citation": "ours", "consent_deadline": deadline})
    matter = await Matter(world).of_job(policy_name="OURS")
    [item] = await matter.authorised({"quantity": "2"})
    await matter.work(item, "5")
    draft = await drafted(matter)
    [beyond] = draft["not_billable"]
    assert (beyond["code"], beyond["quantity"], beyond["remedy"]) == ("QTY_OVER_AUTHORISED", "3", remedy)
    assert draft["consent_may_follow_work"] is (deadline == "after_work")


async def test_what_was_revoked_or_has_ended_is_told_from_what_waits(matter: Matter) -> None:
    offer = await matter.offer({"description": "revoked"})
    act = await matter.consent(offer)
    matter.world.clock.forward(minutes=1)
    await matter.authorised({"description": "ended"}, valid_until=matter.world.clock.now)
    await matter.world.done("POST", f"/v1/authorisations/{act['id']}/revoke", {"channel": "oral_phone"})
    assert left_out(await drafted(matter)) == [("revoked", "1", "AUTH_REVOKED"), ("ended", "1", "AUTH_EXPIRED")]


async def test_a_cap_cuts_the_draft_and_says_so(matter: Matter) -> None:
    await matter.done({"quantity": "10", "unit_price": "6000"}, cap=50_000)
    draft = await drafted(matter)
    [invoice] = draft["invoices"]
    assert (invoice["request"]["body"]["lines"][0]["quantity"], left_out(draft)) == ("8", [("Work", "2", "CAP_EXCEEDED")])
    await post_as_given(matter, invoice)
    assert (await drafted(matter))["invoices"] == []


async def test_prices_with_and_without_tax_go_on_invoices_of_their_own(matter: Matter) -> None:
    await matter.done({"tax_rate": "19"})
    await matter.done({"tax_rate": "19"}, tax_basis="incl")
    invoices = (await drafted(matter))["invoices"]
    assert [(one["request"]["body"]["tax_basis"], one["total_minor"], one["tax_minor"]) for one in invoices] == [
        ("excl", 11_900, 1_900), ("incl", 10_000, 1_597),
    ]  # fmt: skip
    for invoice in invoices:
        assert (await post_as_given(matter, invoice))["total_minor"] == invoice["total_minor"]


async def test_work_that_another_line_bills_is_named_by_no_second(matter: Matter) -> None:
    [item] = await matter.authorised({"quantity": "2"})
    record = await matter.work(item, "2")
    invoice = await matter.posted({"item_id": item, "work_record_ids": [record["id"]]})
    [drafted_rest] = (await drafted(matter))["invoices"]
    assert drafted_rest["request"]["body"]["lines"][0]["work_record_ids"] == []
    note = {"reason": "A mistake", "lines": [{"line_number": 1, "quantity": "1"}]}
    await matter.world.done("POST", f"/v1/invoices/{invoice['id']}/credit-notes", note, key=str(matter.world.id()))
    [whole] = (await drafted(matter))["invoices"]
    assert whole["request"]["body"]["lines"][0]["work_record_ids"] == [record["id"]], "a line credited whole sets its work free"
    await post_as_given(matter, whole)


async def test_another_organisations_job_isnt_there(matter: Matter, other_world: World) -> None:
    assert (await other_world.get(f"/v1/jobs/{matter.job_id}/invoice-draft")).status_code == 404


ITEMS = st.fixed_dictionaries(
    {
        "quantity": st.sampled_from(["1", "2", "0.333333", "3.5", "12"]),
        "unit_price": st.sampled_from(["10000", "100/3", "0", "0.5", "9999.999999", "1"]),
        "tax_rate": st.sampled_from(["0", "19", "7.7"]),
        "conversions": st.sampled_from([{}, {"MIN": "1/60"}]),
    }
)
OFFERS = st.fixed_dictionaries(
    {
        "items": st.lists(ITEMS, min_size=1, max_size=3),
        "answers": st.lists(st.sampled_from(["yes", "yes", "yes", "no", "silence"]), min_size=3, max_size=3),
        "cap": st.sampled_from([None, None, None, 12_345]),
        "tax_basis": st.sampled_from(["excl", "excl", "incl"]),
    }
)
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["work", "work", "work", "minutes", "correct", "bill", "bill", "credit", "revoke", "draft"]),
        st.integers(0, 8),
        st.sampled_from(["0.5", "1", "1", "2", "0.000001", "7"]),
    ),
    max_size=10,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], print_blob=True
)
@given(offers=st.lists(OFFERS, min_size=1, max_size=2), deeds=DEEDS, tolerated=st.booleans())
async def test_whatever_the_job_its_draft_posts_whole_and_nothing_is_left_to_draft(
    world: World, offers: list[dict[str, Any]], deeds: list[tuple[str, int, str]], tolerated: bool
) -> None:
    matter = await Matter(world).of_job(**({"policy_name": await tenth(world)} if tolerated else {}))
    story = Story(matter)
    for offer in offers:
        await story.offer(offer)
    for deed, which, quantity in deeds:
        await story.happens(deed, which, quantity)
    draft = await drafted(matter)
    for invoice in draft["invoices"]:
        posted = await post_as_given(matter, invoice)
        assert (posted["total_minor"], posted["tax_minor"]) == (invoice["total_minor"], invoice["tax_minor"])
    assert (await drafted(matter))["invoices"] == []


async def tenth(world: World) -> str:
    """A policy that tolerates a tenth more, published once."""
    policy = {"name": "TENTH", "citation": "a test", "combine": "pct", "percent_of": "1/10"}
    published = await world.get("/v1/policies")
    if not any(one["name"] == "TENTH" for one in published.json()):
        await world.done("POST", "/v1/policies", policy)
    return "TENTH"


class Story:
    """What happens on a job, refused or not."""

    def __init__(self, matter: Matter) -> None:
        self.matter, self.world = matter, matter.world
        self.items: list[tuple[str, dict[str, Any], str]] = []
        self.acts: list[str] = []
        self.records: list[str] = []
        self.invoices: list[str] = []

    async def offer(self, one: dict[str, Any]) -> None:
        """Offers, and has each item answered."""
        wording = {"tax_basis": one["tax_basis"]} | ({"cap": one["cap"]} if one["cap"] else {})
        offer = await self.matter.offer(*one["items"], **wording)
        answered = list(zip((str(item) for item in offer.item_ids), one["items"], one["answers"], strict=False))
        self.items += [(item, terms, one["tax_basis"]) for item, terms, _ in answered]
        self.acts.append(await self.answered(offer.id, offer.offer_hash, answered))
        self.world.clock.forward(minutes=1)

    async def answered(self, offer_id: UUID, offer_hash: str, answered: list[tuple[str, Any, str]]) -> str:
        """The customer's answer by link: the act's id."""
        shown = await self.world.done("POST", f"/v1/offers/{offer_id}/present", {"contact_id": self.matter.contact_id})
        said = {word: [item for item, _, answer in answered if answer == word] for word in ("yes", "no")}
        answer = {"offer_hash": offer_hash, "approved": said["yes"], "declined": said["no"]}
        headers = {"Authorization": f"Bearer {shown['token']}"}
        given = await self.world.http.post(f"/v1/presentations/{shown['presentation_id']}/answer", json=answer, headers=headers)
        return str(given.json().get("id", UUID(int=0)))

    async def happens(self, deed: str, which: int, quantity: str) -> None:
        """One thing, whether it may or not."""
        item, terms, basis = self.items[which % len(self.items)]
        at = self.world.clock.forward(minutes=1).isoformat()
        times = {"started_at": at, "ended_at": at}
        match deed:
            case "work" | "minutes":
                unit = {"unit": "MIN"} if deed == "minutes" else {}
                await self.keep(self.records, "/v1/work-records", {"item_id": item, "quantity": quantity, **unit, **times})
            case "correct" if self.records:
                record = self.records[which % len(self.records)]
                await self.keep(self.records, f"/v1/work-records/{record}/corrections", {"quantity": quantity, **times})
            case "bill":
                line = {"item_id": item, "quantity": quantity, "unit_price": terms["unit_price"]}
                line |= {"work_record_ids": self.records[-1:]} if which % 2 else {}
                document = {"customer_id": self.matter.customer_id, "currency": "EUR", "tax_basis": basis, "lines": [line]}
                await self.keep(self.invoices, "/v1/invoices", document)
            case "credit" if self.invoices:
                note = {"reason": "A mistake", "lines": [{"line_number": 1, "quantity": quantity}]}
                await self.keep([], f"/v1/invoices/{self.invoices[which % len(self.invoices)]}/credit-notes", note)
            case "revoke":
                await self.keep([], f"/v1/authorisations/{self.acts[which % len(self.acts)]}/revoke", {"channel": "oral_phone"})
            case "draft":
                for invoice in (await drafted(self.matter))["invoices"]:
                    await post_as_given(self.matter, invoice)
            case _:
                pass

    async def keep(self, ids: list[str], path: str, document: dict[str, Any]) -> None:
        """Remembers what was made, if it was."""
        answer = await self.world.post(path, document, key=str(self.world.id()))
        assert answer.status_code < 500, answer.text
        if answer.is_success and "id" in answer.json():
            ids.append(answer.json()["id"])


async def test_a_draft_of_a_twelve_digit_price_posts_as_it_is(matter: Matter) -> None:
    await matter.done({"quantity": "0.001", "unit_price": "123456789012"})
    [invoice] = (await drafted(matter))["invoices"]
    posted = await post_as_given(matter, invoice)
    assert posted["total_minor"] == invoice["total_minor"] == 123_456_789


@pytest.mark.parametrize("cap, left", [(10_000, "1"), (15_000, "1"), (5_000, "2")])
async def test_what_a_cap_leaves_open_is_all_that_is_asked_for(matter: Matter, cap: int, left: str) -> None:
    [item] = await matter.done({"quantity": "2"}, cap=cap)
    [line] = (await matter.post({"item_id": item, "quantity": "2"})).json()["lines"]
    assert (line["code"], line["remedy"]) == ("CAP_EXCEEDED", "Bill what the cap still holds, and have the customer agree to the rest.")
    [rest] = line["request"]["body"]["items"]
    assert (rest["quantity"], rest["unit_price"]) == (left, "10000")
