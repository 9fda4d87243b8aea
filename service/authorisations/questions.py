"""Questions that a customer asks about an offer, on its own page, before they decide, and what they are told."""

from uuid import UUID

from service.authorisations.queries import ASK_QUESTION, FIND_REPLY, LIST_QUESTIONS, QUESTIONS_OF_PRESENTATION, REPLY_TO_QUESTION
from service.authorisations.records import NewQuestion, NewReply, Question, QuestionReceipt, ReplyReceipt, ReplyToTell
from service.identity.organisations import find_organisation
from service.kit.card_numbers import refuse_card_numbers
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, NotFound, Refusal, SeparationOfDuties
from service.kit.verbs import Lock, Work, verb
from service.promises.calendar import due_after
from service.promises.policies import calendar_of

LAST = UUID(int=2**128 - 1)


class QuestionsUsedUp(Refusal):
    """Ten questions were asked here already."""

    code, status, remedy = "QUESTIONS_USED_UP", 409, "Call the company; its telephone number stands on the page."


class QuestionReplied(Refusal):
    """This question was replied to before, in other words."""

    code, status, remedy = (
        "QUESTION_REPLIED",
        409,
        "Read the reply that stands; what was told isn't changed. Call or write to the customer to add to it.",
    )


@verb(
    refusals=(SeparationOfDuties, CardNumber, IdTaken, QuestionsUsedUp),
    locks=lambda *, presentation_id, **_: (Lock.scope_of("authorisations.presentation", presentation_id),),
)
async def ask_question(work: Work, *, presentation_id: UUID, question: NewQuestion) -> QuestionReceipt:
    """Keeps a customer's question for whoever serves them, on the customer's timeline, and promises a reply; asking agrees to nothing."""
    if work.principal.kind != "customer_link":
        raise SeparationOfDuties
    if work.principal.subject_id != presentation_id:
        raise NotFound
    refuse_card_numbers(question.words)
    organisation = await find_organisation(work)
    return await work.run(
        ASK_QUESTION,
        presentation_id=presentation_id,
        question_id=question.id or work.new_id(),
        promise_id=work.new_id(),
        words=question.words,
        due_at=due_after(await calendar_of(work), start=work.at, minutes=organisation.reply_within_minutes),
    )


@verb(
    refusals=(CardNumber, QuestionReplied),
    locks=lambda *, question_id, **_: (Lock.scope_of("authorisations.question", question_id),),
)
async def reply_to_question(work: Work, *, question_id: UUID, reply: NewReply) -> ReplyReceipt:
    """Tells a customer what they asked: on the offer's page, and by mail to whoever asked. It keeps the promise that asking made; the same again is one reply."""
    refuse_card_numbers(reply.words)
    return await work.run(REPLY_TO_QUESTION, question_id=question_id, words=reply.words)


async def read_questions(work: Work, *, presentation_id: UUID) -> list[Question]:
    """What whoever is shown an offer asked about it, by when a reply is promised, and what they were told."""
    if work.principal.kind == "customer_link" and work.principal.subject_id != presentation_id:
        raise NotFound
    return await work.all(QUESTIONS_OF_PRESENTATION, presentation_id=presentation_id)


async def find_reply(work: Work, *, question_id: UUID) -> ReplyToTell:
    """A reply as its mail tells it."""
    return await work.one(FIND_REPLY, question_id=question_id)


async def list_questions(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[Question]:
    """What a customer asked about their offers, the latest first."""
    purpose = f"questions {work.organisation_id} {customer_id}"
    before = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else LAST
    rows = await work.all(LIST_QUESTIONS, customer_id=customer_id, before=before, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
