"""Events that the office enters, and ideas that customers open and vote for, each with an answer; both for everybody to read."""

from typing import Any
from uuid import UUID

from service.care.queries import (
    ANNOUNCE_EVENT,
    ANSWER_IDEA,
    CHANGE_EVENT,
    LIST_EVENTS,
    LIST_IDEAS,
    OPEN_IDEA,
    VOTE_FOR_IDEA,
)
from service.care.records.public import Event, EventPut, Idea, IdeaReceipt, NewEvent, NewIdea, NewIdeaAnswer
from service.kit.card_numbers import refuse_card_numbers
from service.kit.refusals import CardNumber, IdTaken, Refusal, StaleVersion
from service.kit.verbs import Work, verb


class EventUnclear(Refusal):
    """An event ends after it begins, sixty days later at most."""

    code, status, remedy = "EVENT_UNCLEAR", 422, "Send another `starts_at` or `ends_at`."
    constraints = ("care.event_ends_after_it_begins",)


class IdeasEnough(Refusal):
    """You have told us five ideas today."""

    code, status, remedy = "IDEAS_ENOUGH", 409, "Tell us the next one tomorrow; you can vote for others today."


class AnsweredMeanwhile(Refusal):
    """Somebody else has answered this idea at the same moment."""

    code, status, remedy = "ANSWERED_MEANWHILE", 409, "Read it again, and answer it if that is still wrong."
    constraints = ("care.one_idea_answer_a_step",)


@verb(refusals=(CardNumber, EventUnclear, IdTaken))
async def announce_event(work: Work, *, event: NewEvent) -> EventPut:
    """Enters an event for everybody to read of; entered again under its id it is that one."""
    return await work.run(ANNOUNCE_EVENT, event_id=event.id or work.new_id(), **_told(event))


@verb(refusals=(CardNumber, EventUnclear, StaleVersion))
async def change_event(work: Work, *, event_id: UUID, version: int, event: NewEvent) -> EventPut:
    """Changes an event to what it is from now on: calendars that were told of it hear of the change."""
    return await work.run(CHANGE_EVENT, event_id=event_id, version=version, **_told(event))


def _told(event: NewEvent) -> dict[str, Any]:
    """What is told of it; raises EventUnclear."""
    refuse_card_numbers(event.words)
    if event.ends_at <= event.starts_at:
        raise EventUnclear
    return {
        "title": event.title,
        "words": event.words,
        "place": event.place,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "cancelled": event.cancelled,
    }


async def list_events(work: Work) -> list[Event]:
    """Events to come and of the last ninety days."""
    return await work.all(LIST_EVENTS)


@verb(refusals=(CardNumber, IdTaken, IdeasEnough))
async def open_idea(work: Work, *, customer_id: UUID, idea: NewIdea) -> IdeaReceipt:
    """Keeps what a customer wishes for, with their vote."""
    refuse_card_numbers(f"{idea.title} {idea.words}")
    return await work.run(OPEN_IDEA, idea_id=idea.id or work.new_id(), customer_id=customer_id, title=idea.title, words=idea.words)


@verb()
async def vote_for_idea(work: Work, *, customer_id: UUID, idea_id: UUID, for_it: bool) -> IdeaReceipt:
    """Counts a customer for an idea, once, or not any more."""
    return await work.run(VOTE_FOR_IDEA, idea_id=idea_id, customer_id=customer_id, for_it=for_it)


@verb(refusals=(CardNumber, AnsweredMeanwhile))
async def answer_idea(work: Work, *, idea_id: UUID, answer: NewIdeaAnswer) -> IdeaReceipt:
    """Says how it stands with an idea, and why; everybody may read of it from then on."""
    refuse_card_numbers(answer.words)
    return await work.run(ANSWER_IDEA, idea_id=idea_id, state=answer.state, words=answer.words)


async def list_ideas(work: Work) -> list[Idea]:
    """Every idea, also those that nobody has answered yet, the ones most voted for first."""
    return await work.all(LIST_IDEAS, customer_id=None, everything=True)


async def list_shown_ideas(work: Work, *, customer_id: UUID | None) -> list[Idea]:
    """What everybody may read, and what that customer told."""
    return await work.all(LIST_IDEAS, customer_id=customer_id, everything=False)
