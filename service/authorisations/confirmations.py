"""How an answer is confirmed: a one-time code by the contact's own channel, or a signature on the glass; never by a word that claims it."""

from typing import Literal, NamedTuple
from uuid import UUID

from service.authorisations.canonical import seal, text_of
from service.authorisations.offers import MatterClosed, OfferChanged, OfferExpired
from service.authorisations.queries import CODE_STILL_GOOD, SEND_CODE
from service.authorisations.records import Answer, CodeSent
from service.authorisations.records.presentations import Stroke
from service.kit.paging import Cursors
from service.kit.refusals import NotFound, Refusal, SeparationOfDuties
from service.kit.verbs import Lock, Work, verb

SIGNATURE = "sayso/signature/1"
MOST_POINTS, FEWEST_POINTS, LEAST_EXTENT = 2_000, 8, 40
"""What counts as a signature on the grid of 1000 by 400: more than a tap, less than a drawing."""


class TokenUsed(Refusal):
    """This link was already answered."""

    code, status, remedy = "TOKEN_USED", 409, "Present the offer again, or revise it; what was answered stands."


class LinkExpired(Refusal):
    """The time to answer is over."""

    code, status, remedy = "LINK_EXPIRED", 410, "Ask for the offer to be presented again."


class MethodRequired(Refusal):
    """This offer asks for a stronger way to confirm."""

    code, status, remedy = (
        "METHOD_REQUIRED",
        403,
        "Send what the presentation's `method` asks for: a `code` sent to the contact, or where it is `signature` the strokes of one.",
    )


class PresentationLocked(Refusal):
    """Too many wrong codes were tried here; this showing of the offer is void."""

    code, status, remedy = "PRESENTATION_LOCKED", 409, "Ask for the offer to be presented again."


class CodeExpired(Refusal):
    """No code is good any more."""

    code, status, remedy = "CODE_EXPIRED", 409, "Ask for a fresh code; each is good for ten minutes, until the next one is sent."
    constraints = ("authorisations.code_within_ten_minutes",)


class CodeWrong(Refusal):
    """This isn't the code that was sent last."""

    code, status, remedy = "CODE_WRONG", 403, "Type the six digits that were sent last; after five wrong ones the showing is void."


class SignatureUnfit(Refusal):
    """These strokes aren't a signature."""

    code, status, remedy = "SIGNATURE_UNFIT", 422, "Sign with 8 to 2,000 points that reach over more than a dot, or confirm by a code."


class ContactUnreachable(Refusal):
    """This contact has no address that a link or a code could be sent to."""

    code, status, remedy = (
        "CONTACT_UNREACHABLE",
        409,
        "Give the contact an e-mail address, or a number for texts where a gateway carries them, or hand the phone over and let them tap or sign.",
    )


class CodeJustSent(Refusal):
    """A code was sent less than a minute ago."""

    code, status, remedy, retry_after = "CODE_JUST_SENT", 429, "Look at what was sent, or wait a minute and ask again.", 60


class CodesUsedUp(Refusal):
    """No more codes are sent for this showing of the offer."""

    code, status, remedy = "CODES_USED_UP", 409, "Ask for the offer to be presented again."


class ContactMailedOften(Refusal):
    """Ten mails or texts went to this contact within this hour already."""

    code, status, remedy, retry_after = (
        "CONTACT_MAILED_OFTEN",
        429,
        "Let them look into what they have, hand the phone over, or wait as long as `Retry-After` says.",
        3600,
    )
    constraints = ("authorisations.ten_mails_an_hour", "authorisations.one_mail_a_number")


class CodesGuessedOften(Refusal):
    """Twenty wrong codes were sent for this contact today already."""

    code, status, remedy, retry_after = (
        "CODES_GUESSED_OFTEN",
        429,
        "Confirm by a signature where the offer lets you, or wait as long as `Retry-After` says.",
        86400,
    )
    constraints = ("authorisations.twenty_wrong_codes_a_day", "authorisations.one_wrong_code_a_number")


def code_channel(of_contact: str, *, texted: bool) -> Literal["email", "sms"] | None:
    """How a code reaches whom is reached so; None where none does."""
    if of_contact == "email":
        return "email"
    return "sms" if of_contact == "sms" and texted else None


class Confirmed(NamedTuple):
    """How an answer says that it is confirmed."""

    method: str
    code_hash: bytes | None = None
    strokes: str | None = None
    signature_hash: str | None = None


def confirmed(work: Work, *, presentation_id: UUID, answer: Answer) -> Confirmed:
    """What was sent along with an answer; whether it is enough, the statement judges. Raises SignatureUnfit."""
    if answer.code is not None:
        return Confirmed("otp", code_hash=_hash(work.cursors, presentation_id, answer.code))
    if answer.signature is None:
        return Confirmed("tap")
    strokes, signature_hash = drawn(answer.signature)
    return Confirmed("signature", strokes=strokes, signature_hash=signature_hash)


def drawn(signature: list[Stroke]) -> tuple[str, str]:
    """A signature on glass as it is sealed, and its hash; raises SignatureUnfit."""
    points = [point for stroke in signature for point in stroke]
    extent = max(max(point[axis] for point in points) - min(point[axis] for point in points) for axis in (0, 1)) if points else 0
    if not FEWEST_POINTS <= len(points) <= MOST_POINTS or extent < LEAST_EXTENT or any(point[1] > 400 for point in points):
        raise SignatureUnfit
    strokes = text_of({"v": 1, "width": 1000, "height": 400, "strokes": signature})
    return strokes, seal(SIGNATURE, strokes)


@verb(
    refusals=(
        SeparationOfDuties,
        TokenUsed,
        MatterClosed,
        LinkExpired,
        OfferChanged,
        OfferExpired,
        PresentationLocked,
        ContactUnreachable,
        CodesUsedUp,
        CodeJustSent,
        CodesGuessedOften,
        ContactMailedOften,
    ),
    locks=lambda *, presentation_id, **_: (
        Lock.account_of("authorisations.presentation", presentation_id),
        Lock.scope_of("authorisations.presentation", presentation_id),
    ),
)
async def send_code(work: Work, *, presentation_id: UUID, texted: bool) -> CodeSent:
    """Sends a one-time code of six digits to the contact whom the offer is shown to, by mail or text, whoever holds the phone; it is good for ten minutes."""
    if work.principal.kind != "customer_link":
        raise SeparationOfDuties
    if work.principal.subject_id != presentation_id:
        raise NotFound
    code_id = work.new_id()
    code_hash = _hash(work.cursors, presentation_id, code_of(work.cursors, code_id))
    return await work.run(SEND_CODE, presentation_id=presentation_id, code_id=code_id, code_hash=code_hash, texted=texted)


async def read_code(work: Work, *, presentation_id: UUID, code_id: UUID) -> str | None:
    """The code to put into its mail or text; None where it is no good any more."""
    return code_of(work.cursors, code_id) if await work.one(CODE_STILL_GOOD, presentation_id=presentation_id, code_id=code_id) else None


def code_of(cursors: Cursors, code_id: UUID) -> str:
    """The six digits: made from the code's id under the service's secret, the same each time, stored nowhere."""
    return f"{int.from_bytes(cursors.derived('one-time code', code_id.bytes)) % 1_000_000:06}"


def _hash(cursors: Cursors, presentation_id: UUID, code: str) -> bytes:
    """What is stored of a code; under the secret, since a million codes are tried in a second."""
    return cursors.derived("hash of a one-time code", presentation_id.bytes, code.encode())
