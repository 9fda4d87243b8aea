"""Questions that a customer asks about an offer, on its own page, before they decide."""

from uuid import UUID

from service.authorisations.queries import ASK_QUESTION, LIST_QUESTIONS
from service.authorisations.records import NewQuestion, Question, QuestionReceipt
from service.kit.card_numbers import refuse_card_numbers
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, NotFound, Refusal, SeparationOfDuties
from service.kit.verbs import Lock, Work, verb

LAST = UUID(int=2**128 - 1)


class QuestionsUsedUp(Refusal):
    """Ten questions were asked here already."""

    code, status, remedy = "QUESTIONS_USED_UP", 409, "Call the company; its telephone number stands on the page."


@verb(
    refusals=(SeparationOfDuties, CardNumber, IdTaken, QuestionsUsedUp),
    locks=lambda *, presentation_id, **_: (Lock.scope_of("authorisations.presentation", presentation_id),),
)
async def ask_question(work: Work, *, presentation_id: UUID, question: NewQuestion) -> QuestionReceipt:
    """Keeps a customer's question for whoever serves them, on the customer's timeline; asking agrees to nothing."""
    if work.principal.kind != "customer_link":
        raise SeparationOfDuties
    if work.principal.subject_id != presentation_id:
        raise NotFound
    refuse_card_numbers(question.words)
    return await work.run(ASK_QUESTION, presentation_id=presentation_id, question_id=question.id or work.new_id(), words=question.words)


async def list_questions(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[Question]:
    """What a customer asked about their offers, the latest first."""
    purpose = f"questions {work.organisation_id} {customer_id}"
    before = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else LAST
    rows = await work.all(LIST_QUESTIONS, customer_id=customer_id, before=before, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
