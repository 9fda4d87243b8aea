"""Notices leave: queued by the fact that wants them, checked against the truth, handed over once or, where the answer was lost, once more; one way after the other."""

from datetime import timedelta

from service.billing.provider.pay_links import card_home
from service.documents.setting import DocumentTooLong, pdf_of
from service.integrations.mail import Attachment, Delivery, MailMalformed, send
from service.integrations.outside import Outside
from service.integrations.texting import send_text
from service.kit.refusals import Busy
from service.kit.tasks.registry import KINDS, Later, Task, TaskFailed, task
from service.notices.following import follow_facts
from service.notices.notices import ENDED, FIRST, LEAD, fail_notices, move_notice, take_up_notice
from service.notices.plans import Plan, plan_of
from service.notices.reach import end_reach, reaches_to_judge
from service.notices.records import Channel, Letter, NoticeNow, State, Withdrawn
from service.notices.rules import rule_in_force
from service.notices.wording import mail_of, text_of

ATTEMPTS, FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 40, 30, 3600
"""About a day and a half."""
PAPER_SECONDS = 20
"""The longest that a mail waits for its file, so that there is time left to hand it over."""
NO_SERVER_PAUSE = timedelta(minutes=1)


@task("send_notice", attempts=ATTEMPTS, seconds=60, first_pause_seconds=FIRST_PAUSE_SECONDS, longest_pause_seconds=LONGEST_PAUSE_SECONDS)
async def send_notice(run: Task) -> None:
    """Tells a customer, or a colleague, what the task's `notice` says, about its subject."""
    await _deliver(run)


@task("send_link", attempts=ATTEMPTS, seconds=60, first_pause_seconds=2, longest_pause_seconds=600)
async def send_link(run: Task) -> None:
    """Mails a contact the link to the page of an offer, while it can be answered."""
    await _deliver(run)


@task("send_code", attempts=8, seconds=60, first_pause_seconds=2, longest_pause_seconds=60)
async def send_code(run: Task) -> None:
    """Mails a contact the one-time code that confirms an answer, while it is good."""
    await _deliver(run)


@task("send_invitation", attempts=ATTEMPTS, seconds=60, first_pause_seconds=5, longest_pause_seconds=LONGEST_PAUSE_SECONDS)
async def send_invitation(run: Task) -> None:
    """Mails somebody the link they join by."""
    await _deliver(run)


@task("send_password_reset", attempts=8, seconds=60, first_pause_seconds=5, longest_pause_seconds=600)
async def send_password_reset(run: Task) -> None:
    """Mails somebody the link they choose a new password by."""
    await _deliver(run)


@task("follow_facts", every=timedelta(minutes=1), seconds=120)
async def run_follow_facts(run: Task) -> None:
    """Has people told of what happened, where a rule names channels for it."""
    while await run.perform(follow_facts):
        pass


@task("judge_reaches", every=timedelta(minutes=1), seconds=120)
async def judge_reaches(run: Task) -> None:
    """Takes those off the list to whom there is nothing to tell any more."""
    pay_home, after = card_home(run.outside.settings), FIRST
    while page := await run.read(reaches_to_judge, after=after):
        for one in page:
            plan = plan_of(task_id=one.id, task_kind=one.task_kind, subject_id=one.subject_id, body=one.body, pay_home=pay_home)
            letter = await run.read(plan.write)
            if isinstance(letter, Withdrawn):
                await run.perform(end_reach, notice_id=one.id, reason=letter.reason)
        after = page[-1].id


async def _deliver(run: Task) -> None:
    pay_home = card_home(run.outside.settings)
    plan = plan_of(
        task_id=run.task_id, task_kind=run.kind, subject_id=run.subject_id, body=run.body, pay_home=pay_home, request_id=run.request_id
    )
    await deliver(run, plan)


async def deliver(run: Task, plan: Plan, *, paper_seconds: int = PAPER_SECONDS) -> None:
    """Hands it over by the next way. Without anything to send by it fails, or waits for it."""
    outside: Outside = run.outside
    channels = _carried(outside)
    if not channels and not plan.waits and (await run.perform_together(fail_notices, plan.notice)).state in ENDED:
        return
    rule = await run.read(rule_in_force, kind=plan.notice.kind)
    taken_up = await run.perform(take_up_notice, notice=plan.notice, write=plan.write, by=rule, channels=channels, waits=plan.waits)
    if taken_up.later is not None:
        raise Later(taken_up.later)
    if taken_up.letter is None:
        if taken_up.now.state not in ENDED:  # nothing carries it
            raise Later(run.at + NO_SERVER_PAUSE)
        return
    try:
        files = await _attached(taken_up.letter, seconds=paper_seconds)
    except DocumentTooLong:
        await _give_up(run, taken_up.now, "failed", "document_too_long")
    except Busy:
        await _move(run, taken_up.now, "failed" if run.last else "queued", "documents_busy")
        raise TaskFailed("Too many documents are being set.") from None
    else:
        await _hand_over(run, taken_up.now, taken_up.letter, files)


def _carried(outside: Outside) -> frozenset[Channel]:
    """The channels that something is set up for."""
    carried: set[Channel] = set() if outside.mail is None else {"email"}
    carried.update(() if outside.texts is None else outside.texts.channels)
    return frozenset(carried)


async def _attached(letter: Letter, *, seconds: int) -> tuple[Attachment, ...]:
    """The letter's paper, under the name that stands on top of it. Raises DocumentTooLong and Busy: then nothing was sent."""
    if letter.paper is None or letter.recipient is None or letter.recipient.channel != "email":
        return ()
    content = await pdf_of(letter.paper, seconds=seconds)
    return (Attachment(name=f"{letter.paper.content['title']}.pdf", media_type="application/pdf", content=content),)


async def _hand_over(run: Task, now: NoticeNow, letter: Letter, files: tuple[Attachment, ...]) -> None:
    outside: Outside = run.outside
    organisation_id, settings = run.organisation_id, outside.settings
    try:
        if letter.recipient is not None and letter.recipient.channel != "email" and outside.texts is not None:
            text = text_of(letter, now=now, organisation_id=organisation_id, settings=settings)
            allowed = frozenset(settings.inside_targets)
            delivery = await send_text(text, gateway=outside.texts, sender=outside.webhooks, at=run.at, allowed=allowed)
        elif outside.mail is not None:
            mail = mail_of(letter, now=now, organisation_id=organisation_id, settings=settings, attachments=files)
            delivery = await send(mail, server=outside.mail)
        else:
            raise TaskFailed("It was taken up for a channel that nothing carries.")
    except MailMalformed:
        await _give_up(run, now, "refused", "address_malformed")
    else:
        await _settle(run, now, letter, delivery)


async def _settle(run: Task, now: NoticeNow, letter: Letter, delivery: Delivery) -> None:
    left = None if letter.before is None else letter.before - LEAD - run.at
    too_late = left is not None and left <= timedelta()
    if delivery.state == "refused" and delivery.passing and not run.last and not too_late:
        await _move(run, now, "queued", "mail_server_busy", delivery.code)
        pause = KINDS[run.kind].pause(run.attempt, 1.0)
        sooner = left if left is not None and left < pause else None
        raise TaskFailed(f"The mail server can't take it now ({delivery.code or 'not reached'}).", retry_after=sooner)
    if delivery.state == "refused":
        passing = delivery.passing
        await _give_up(run, now, "failed" if passing else "refused", "mail_server_unavailable" if passing else None, delivery.code)
    await _move(run, now, delivery.state, None, delivery.code)
    if delivery.state == "unknown":
        raise TaskFailed("The mail server's answer was lost.")


async def _give_up(run: Task, now: NoticeNow, to_state: State, reason: str | None, answer_code: int | None = None) -> None:
    """This way failed: taken up again at once it goes to the next, or to a person."""
    await _move(run, now, to_state, reason, answer_code)
    raise Later(run.at)


async def _move(run: Task, now: NoticeNow, to_state: State, reason: str | None = None, answer_code: int | None = None) -> None:
    await run.perform(move_notice, notice_id=now.id, step=now.step, to_state=to_state, reason=reason, answer_code=answer_code)
