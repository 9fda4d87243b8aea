"""An organisation with something of everything that an address may name: what every route is asked about, as everybody."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.authorisations import photographs, showings
from tests.authorisations.matters import Matter
from tests.billing.bank_files import entry, imported, statement, with_account
from tests.billing.builders import Books, pay
from tests.billing.test_give_receipt_numbers import book
from tests.care.devices import hand, lent, loaner, repair, taken
from tests.dispatch import builders as dispatch
from tests.dispatch.test_bring_jobs import NEW, POLICY, Insurer, held, insurer
from tests.dispatch.test_find_slots import BERLIN, home
from tests.security.company import SPELLED, Ids, ids_of, lived_in
from tests.web.portals import everything
from tests.world import World

ELSEWHERE = {"reader_id", "parked_id"}
"""What stands at the provider, and money that came from there and is nobody's."""


async def crowded(world: World) -> World:
    """Everything of `lived_in`, and one at least of each other thing that has an id."""
    await everything(world)
    await lived_in(world)
    for of in (_visits, _matter, _documents, _cash, _bank, _outage, _office, _from_outside):
        await of(world)
    return world


async def somebody_brought(world: World) -> tuple[Insurer, Ids]:
    """A partner with a job that nobody goes to, one that is held a time for and one that is booked."""
    await dispatch.technician(world, home=home(BERLIN))
    await world.done("PUT", "/v1/choice-policy", POLICY, headers={"If-Match": '"0"'}, role="manager")
    northern = await insurer(world, "Eastern Mutual")
    first = await northern.done("POST", "/v1/partner/jobs", NEW)
    brought: Ids = {"job_id": [UUID(first["id"])], "visit_id": []}
    for number in range(2):
        again = {"reference": f"CLAIM-{number}", "kind": "repair", "as_before": first["id"]}
        of = await northern.done("POST", "/v1/partner/jobs", again)
        kept = await held(northern, of["id"])
        if number:
            await northern.done("POST", f"/v1/partner/visits/{kept['id']}/book")
        brought["job_id"].append(UUID(of["id"]))
        brought["visit_id"].append(UUID(kept["id"]))
    return northern, brought


async def ids_there(owner: Any, world: World, names: set[str]) -> Ids:
    """The ids of the crowded organisation; each name of an address has some."""
    ids = await ids_of(owner, world.organisation_id, names)
    rows = await owner.fetch(
        "select occupancy_id from dispatch.occupancy where organisation_id = $1 and kind = 'absence'", world.organisation_id
    )
    ids["staff_id"] = [(await world.staff("technician"))["id"]]  # nobody who asks: it may make them inactive
    ids["absence_id"] = [row["occupancy_id"] for row in rows]
    assert {name for name in names if not ids.get(name)} == ELSEWHERE | SPELLED.keys(), "make one of each in tests/security/crowded.py"
    return ids


async def _done(world: World, path: str, body: Any = None, role: Any = "manager") -> dict[str, Any]:
    return await world.done("POST", path, body, role=role, key=str(world.id()))


async def _visits(world: World) -> None:
    anna, of = await dispatch.technician(world), await dispatch.job(world)
    await _done(world, f"/v1/technicians/{anna.id}/absences", {"reason": "sick", "from_on": "2026-04-08", "until_on": "2026-04-09"})
    await _done(world, f"/v1/jobs/{of['id']}/holds", {"technician_id": anna.id, "from": "2026-03-06T09:00:00Z"})
    again = {"job": {name: of[name] for name in ("customer_id", "site_id")} | {"kind": "inspection"}, "rule": "FREQ=WEEKLY;BYDAY=FR"}
    await _done(world, "/v1/visit-series", again | {"local_from": "2026-03-06T09:00:00", "horizon_days": 14})
    await _done(world, "/v1/plans", {"iterations": 10, "on": "2026-03-06", "job_ids": []})
    await _done(world, "/v1/partners", {"name": "Northern Mutual"})


async def _matter(world: World) -> None:
    matter = await Matter(world).begin()
    await photographs.kept(matter)
    await _done(world, f"/v1/scopes/{matter.scope_id}/forecasts", {"projected_minor": 50_000, "reason": "The pipe is rusty too"})
    showing = await showings.shown(matter, {})
    asked = f"/v1/presentations/{showing.given['presentation_id']}/questions"
    answer = await world.http.post(asked, json={"words": "Which oil?"}, headers={"Authorization": f"Bearer {showing.given['token']}"})
    assert answer.is_success, answer.text


async def _documents(world: World) -> None:
    matter = await Matter(world).begin()
    items = await matter.done({}, {}, {})
    credited, contested, bad = [await matter.posted({"item_id": item}) for item in items]
    await _done(
        world, f"/v1/invoices/{credited['id']}/credit-notes", {"reason": "A mistake", "lines": [{"line_number": 1, "quantity": "1"}]}
    )
    objection = {"line_number": 1, "reason": "not_done", "words": "Nobody changed that part"}
    await _done(world, f"/v1/invoices/{contested['id']}/objections", objection)
    await _done(world, f"/v1/invoices/{bad['id']}/write-off", {"reason": "insolvent", "note": "7 IN 12/26 was closed"}, "back_office")
    await _done(world, f"/v1/customers/{matter.customer_id}/dunning-holds", {"kind": "legal", "note": "Insolvency"})
    await _done(world, f"/v1/customers/{matter.customer_id}/legal-holds", {"reason": "dispute"})


async def _cash(world: World) -> None:
    books = Books(world)
    customer_id = await books.customer()
    money = {"amount": {"amount": 500, "currency": "EUR"}, "via": "bank_transfer", "reason": "Paid twice"}
    for counted in (1_000, 900):
        await pay(world, 1_000, customer_id=customer_id)
        told = {"counted": {"amount": 1_000, "currency": "EUR"}}
        handed = await _done(world, "/v1/cash/hand-ins", told, "agent")
        found = {"counted": {"amount": counted, "currency": "EUR"}} | ({"reason": "short"} if counted < 1_000 else {})
        await _done(world, f"/v1/cash/hand-ins/{handed['hand_in_id']}/accept", found, "back_office")
        await _done(
            world,
            "/v1/cash/deposits",
            {"slip": f"E-{counted}", "bank_account": "Main", "hand_ins": [{"hand_in_id": handed["hand_in_id"]}]},
            "back_office",
        )
    missing = {"how": "charged", "amount_minor": 40, "note": "As agreed"}
    await _done(world, f"/v1/cash/hand-ins/{handed['hand_in_id']}/settle", missing)
    await _done(world, f"/v1/customers/{customer_id}/refunds", money, "back_office")
    await book(world, 2)


async def _bank(world: World) -> None:
    await with_account(world)
    await imported(world, statement(0, 1_000, entry(1_000, "From somebody")))
    await world.sql(
        "insert into billing.refused_cash (organisation_id, entry_id, staff_id, code, invoice_id, amount_minor, currency, captured_at, told_at)"
        " select organisation_id, $2, staff_id, 'NOT_FOUND', $2, 100, 'EUR', $3, $3 from identity.staff where organisation_id = $1 limit 1",
        world.organisation_id,
        world.id(),
        world.clock.now,
    )


async def _outage(world: World) -> None:
    outage_id, begun = world.id(), world.clock.now - timedelta(days=2)
    await world.sql(
        "insert into billing.outage (organisation_id, outage_id, subscription_id, customer_id, from_at, until_at, why, policy_version, told_by, told_at)"
        " select organisation_id, $2, subscription_id, customer_id, $3, $4, 'A cut cable', 0, 'system', $4"
        " from subscriptions.subscription where organisation_id = $1 limit 1",
        world.organisation_id,
        outage_id,
        begun,
        world.clock.now,
    )
    await world.sql(
        "insert into billing.compensation (organisation_id, compensation_id, customer_id, subscription_id, outage_id, policy_version, currency,"
        " month_minor, due_minor, set_off_minor, given_by, given_at) select organisation_id, $2, customer_id, subscription_id, outage_id, 0, 'EUR', 2990, 1, 1,"
        " told_by, told_at from billing.outage where organisation_id = $1 and outage_id = $3",
        world.organisation_id,
        world.id(),
        outage_id,
    )


async def _office(world: World) -> None:
    counter = await hand(world)
    await lent(counter, await loaner(world), (await taken(counter, await repair(world)))["id"])
    await _done(world, "/v1/events", {"title": "Open day", "starts_at": "2026-03-28T09:00:00Z", "ends_at": "2026-03-28T15:00:00Z"})
    await _done(world, "/v1/mail-addresses", {"address": f"help-{world.id()}@x.example"})
    await _done(world, "/v1/text-doors", {"channel": "sms", "name": "+49 30 555 0100"})
    await _done(world, "/v1/bench-places", {"name": "Shelf 3"})
    hook = await _done(world, "/v1/webhooks", {"url": "https://books.example/sayso"})
    await world.sql(
        "insert into webhooks.delivery (organisation_id, delivery_id, webhook_id, facts_epoch, transaction_id, sequence, kind, subject_kind,"
        " subject_id, state, attempts, due_at, made_at) select organisation_id, $2, $3, epoch, transaction_id, sequence, kind, subject_kind,"
        " subject_id, 'waiting', 0, $4, $4 from kit.fact where organisation_id = $1 limit 1",
        world.organisation_id,
        world.id(),
        UUID(hook["id"]),
        world.clock.now,
    )


async def _from_outside(world: World) -> None:
    """What customers, their mail and the provider bring: rows as those would leave them."""
    [one] = await world.sql("select customer_id from customers.customer where organisation_id = $1 limit 1", world.organisation_id)
    customer_id, at = one["customer_id"], world.clock.now

    async def row(table: str, columns: str, *values: Any) -> None:
        places = ", ".join(f"${number}" for number in range(1, len(values) + 2))
        await world.sql(f"insert into {table} (organisation_id, {columns}) values ({places})", world.organisation_id, *values)

    [paid] = await world.sql(
        "select payment_id, customer_id from billing.payment where organisation_id = $1 order by payment_id limit 1", world.organisation_id
    )
    dispute, consent, method, mail = (world.id() for _ in range(4))
    disputed = "dispute_id, provider_dispute_id, payment_id, customer_id, currency, amount_minor, reason, opened_at"
    await row(
        "billing.dispute", disputed, dispute, f"du_{dispute}", paid["payment_id"], paid["customer_id"], "EUR", 1_000, "fraudulent", at
    )
    await row("billing.dispute_step", "dispute_id, step, status, told_at", dispute, 1, "lost", at)
    agreed = "consent_id, customer_id, livemode, text_version, language, wording, notice_days, given_by, given_at"
    await row("billing.charge_consent", agreed, consent, customer_id, False, 1, "en", "You may charge my card.", 3, "customer_link:x", at)
    saved = "method_id, customer_id, consent_id, livemode, kind, provider_method_id, saved_at"
    await row("billing.saved_method", saved, method, customer_id, consent, False, "card", f"pm_{method}", at)
    await row("billing.saved_method_step", "method_id, step, kind, live, happened_at, actor", method, 1, "saved", True, at, "test")
    await row("care.mail_key", "message_key, content_key, taken_id", mail.bytes * 2, mail.bytes * 2, mail)
    attached = "attachment_id, taken_id, number, customer_id, name, media_type, size_bytes, content"
    await row("care.attachment", attached, world.id(), mail, 1, customer_id, "note.txt", "text/plain", 5, b"Hello")
    await row("care.idea", "idea_id, customer_id, title, words, opened_at", world.id(), customer_id, "Evenings", "", at)
    stray = "stray_id, channel, sender_name, sender, subject, words, automatic, received_at"
    await row("care.stray_mail", stray, world.id(), "web", "Eve", "eve@x.example", "Hello", "Who are you?", False, at)
    paid_out = "payout_id, provider_payout_id, currency, amount_minor, status, arrives_on, itemised"
    await row("billing.payout", paid_out, world.id(), f"po_{world.id()}", "EUR", 1_000, "paid", at.date(), False)
    notice = "notice_id, kind, customer_id, subject_kind, subject_id, queued_at"
    await row("notices.notice", notice, world.id(), "receipt", customer_id, "payment", world.id(), at)
