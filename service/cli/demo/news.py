"""What the company's customers were told and said lately: an outage that is over and one that goes on, planned work, wishes with answers, and an objection to a bill."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from service.care.objections import decide_objection, object_to_line
from service.care.public import announce_event, answer_idea, open_idea, vote_for_idea
from service.care.records.objections import NewDecision, NewObjection, ObjectionReason
from service.care.records.public import IdeaState, NewEvent, NewIdea, NewIdeaAnswer
from service.cli.demo.mould import ZONES, City
from service.cli.demo.office import Company, Office, Served, Told
from service.identity.scopes import Role
from service.kit.principals import Principal
from service.subscriptions.incidents import close_incident, declare_incident, explain_incident, move_incident
from service.subscriptions.records.incidents import NewEstimate, NewExplanation, NewIncident

MOST = 12
"""Services that one incident reaches."""
IDEAS: tuple[tuple[str, str, IdeaState | None, str | None, int], ...] = (
    ("Come in the evening, too", "I work until six, and can’t be home before.", "planned", "We look for two people for visits until nine, and say here once they begin.", 8),
    ("Say on the map where the technician is", "Then I needn’t wait at the window.", "done", "Your own page shows when we expect to be with you, and it is live.", 5),
    ("Take my old router with you", "", "declined", "We may only take back what we lent. Your town’s collection point takes it for nothing.", 2),
    ("A calendar for the bin that the workshop empties", "", None, None, 1),
)  # fmt: skip


async def tell_news(office: Office, company: Company, told: Told) -> None:
    """All of it, as of when it is said to have happened."""
    steps: list[Callable[[], Awaitable[None]]] = [
        lambda: _was_cut(office, company),
        lambda: _is_slow(office, company),
        lambda: _will_be_renewed(office, company),
        lambda: _wish(office, company),
        lambda: _object(office, company),
    ]
    done = told("an outage over, one going on, planned work, four wishes and two objections", len(steps))
    for step in steps:
        await step()
        done()


def _clerk(office: Office, company: Company, role: Role = "back_office") -> Principal:
    return office.person(company.staff["office@tejo-spree.example"], role)


def _days_ago(company: Company, days: int, clock: time, city: City) -> datetime:
    on: date = company.today(ZONES[city]) - timedelta(days=days)
    return company.at(on, clock, ZONES[city])


def _subscribers(company: Company, city: City) -> list[Served]:
    return [one for one in company.served if one.client.city == city and one.client.plan and one.client.subscription == "active"]


async def _services(office: Office, served: list[Served]) -> list[UUID]:
    """The service of each."""
    found = "select subscription_id from subscriptions.subscription where customer_id = $1 order by subscription_id limit 1"
    return [await office.value(found, one.customer_id) for one in served]


async def _was_cut(office: Office, company: Company) -> None:
    """A cable was cut twelve days ago; it took longer than was thought, and what it was is written down."""
    served = _subscribers(company, "Berlin")[:MOST]
    if not served:
        return
    by, begun = _clerk(office, company), _days_ago(company, 12, time(7, 12), "Berlin")
    incident = NewIncident(
        what="No internet around Görlitzer Park", begins_at=begun, until_at=begun + timedelta(hours=5), subscription_ids=await _services(office, served),
        symptoms=["no internet", "offline"],
    )  # fmt: skip
    incident_id = (await office.do(declare_incident, at=begun + timedelta(minutes=9), by=by, incident=incident)).id
    later = NewEstimate(
        until_at=begun + timedelta(hours=11), reason="The cable is cut in two places, and the second one lies under the tram"
    )
    await office.do(move_incident, at=begun + timedelta(hours=4), by=by, incident_id=incident_id, estimate=later)
    await office.do(close_incident, at=begun + timedelta(hours=9, minutes=40), by=by, incident_id=incident_id)
    words = "An excavator cut our cable in Wiener Straße. It lies a metre deeper now, and the second way round no longer runs in the same trench."
    explanation = NewExplanation(words=words)
    await office.do(explain_incident, at=begun + timedelta(days=1, hours=3), by=by, incident_id=incident_id, explanation=explanation)


async def _is_slow(office: Office, company: Company) -> None:
    """Since three hours something is wrong, and it takes longer than was said at first."""
    served = _subscribers(company, "Lisbon")[:MOST]
    if not served:
        return
    by, begun = _clerk(office, company), company.now - timedelta(hours=3)
    incident = NewIncident(
        what="Slow internet and lost calls in Alfama", begins_at=begun, until_at=company.now + timedelta(hours=2), subscription_ids=await _services(office, served),
        symptoms=["slow"],
    )  # fmt: skip
    incident_id = (await office.do(declare_incident, at=begun + timedelta(minutes=14), by=by, incident=incident)).id
    later = NewEstimate(until_at=company.now + timedelta(hours=9), reason="The part that failed comes from Porto")
    await office.do(move_incident, at=company.now - timedelta(minutes=50), by=by, incident_id=incident_id, estimate=later)


async def _will_be_renewed(office: Office, company: Company) -> None:
    """Work is planned for a night of next week, and there is an evening for customers."""
    by = _clerk(office, company)
    served = _subscribers(company, "Berlin")[-MOST:]
    night = _days_ago(company, -8, time(1, 0), "Berlin")
    if served:
        work = NewIncident(
            what="New software in the street cabinets of Neukölln", kind="maintenance", begins_at=night, until_at=night + timedelta(hours=3),
            subscription_ids=await _services(office, served),
        )  # fmt: skip
        await office.do(declare_incident, at=company.now - timedelta(days=1), by=by, incident=work)
    evening = _days_ago(company, -15, time(18, 0), "Berlin")
    event = NewEvent(
        title="Bring your router", words="We look at it with you, and answer what you always wanted to ask.", place="Skalitzer Straße 100, Berlin",
        starts_at=evening, ends_at=evening + timedelta(hours=3),
    )  # fmt: skip
    await office.do(announce_event, at=company.now - timedelta(days=2), by=by, event=event)


async def _wish(office: Office, company: Company) -> None:
    """Wishes of customers, each with those who wish for it too and what we answered; the last is still to be read."""
    by, people = _clerk(office, company), company.served
    for number, (title, words, state, answer, votes) in enumerate(IDEAS):
        at = company.now - timedelta(days=21 - 5 * number)
        whose = people[number % len(people)]
        idea_id = (await office.do(open_idea, at=at, customer_id=whose.customer_id, idea=NewIdea(title=title, words=words))).id
        if state is None or answer is None:
            continue
        said = NewIdeaAnswer(state=state, words=answer)
        await office.do(answer_idea, at=at + timedelta(days=1), by=by, idea_id=idea_id, answer=said)
        for other in people[number + 1 : number + votes]:
            await office.do(vote_for_idea, at=at + timedelta(days=2), customer_id=other.customer_id, idea_id=idea_id, for_it=True)


async def _object(office: Office, company: Company) -> None:
    """One bill was objected to and explained; another's objection waits since this morning."""
    by = _clerk(office, company)
    served = [*_subscribers(company, "Berlin"), *_subscribers(company, "Lisbon")][:2]
    said: tuple[tuple[ObjectionReason, str, datetime], ...] = (
        ("price", "I was told 29.90 on the telephone. Why does it say more?", company.now - timedelta(days=9)),
        ("badly_done", "It was gone for a whole day, and you bill all of the month.", company.now - timedelta(hours=2)),
    )
    for one, (reason, words, at) in zip(served, said, strict=False):
        invoice_id = await office.value(
            "select invoice_id from billing.invoice where customer_id = $1 order by issued_on, invoice_id limit 1", one.customer_id
        )
        if invoice_id is None:
            continue
        objection = NewObjection(line_number=1, reason=reason, words=words, contact_id=one.contact_id)
        objected = await office.do(object_to_line, at=at, by=by, invoice_id=invoice_id, objection=objection)
        if at < company.now - timedelta(days=1):
            answer = "The price that you heard is without tax, as the offer says that we read to you. With tax it is what stands there."
            decision = NewDecision(outcome="explained", words=answer, channel="phone")
            await office.do(decide_objection, at=at + timedelta(hours=5), by=by, objection_id=objected.id, decision=decision)
