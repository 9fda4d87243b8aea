"""Routes of offers, presentations, authorisations and work records."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.authorisations.confirmations import send_code
from service.authorisations.consents import record_oral_consent, revoke_authorisation
from service.authorisations.forecasts import list_forecasts, log_overrun_notice, state_forecast
from service.authorisations.offers import delete_offer, find_offer, revise_offer
from service.authorisations.photos import Size, add_photo, list_photos, read_photo, read_shown_photo
from service.authorisations.pictures import MOST_BYTES, PhotoUnreadable, picture_of
from service.authorisations.policies import list_laws, list_paper_laws, list_policies, publish_policy
from service.authorisations.presentations import answer_presentation, find_presentation, present_offer
from service.authorisations.questions import ask_question, list_questions, read_questions, reply_to_question
from service.authorisations.records import (
    Answer,
    CodeSent,
    Forecast,
    ForecastReceipt,
    Instant,
    Law,
    NewCorrection,
    NewForecast,
    NewOverrunNotice,
    NewPhoto,
    NewPolicy,
    NewPresentation,
    NewQuestion,
    NewReply,
    NewRevision,
    NewRevocation,
    NewWorkRecord,
    NewWorkRecords,
    Offer,
    OfferDeleted,
    OfferReceipt,
    OralConsent,
    OverrunNoticeReceipt,
    PaperLaw,
    Photo,
    PhotoReceipt,
    PhotoShows,
    PolicyReceipt,
    Presentation,
    PresentationGiven,
    PublishedPolicy,
    Question,
    QuestionReceipt,
    ReplyReceipt,
    SignedAct,
    SignedRevocation,
    WorkReceipt,
    WorkReceipts,
)
from service.authorisations.work_records import correct_work, record_several, record_work
from service.kit.http import Call, File, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.settings import Settings

Asked = NamedDependency[Call[Any]]
PICTURE = File(("image/jpeg", "image/png", "image/webp"), MOST_BYTES)
"""Which of them it is, its bytes say."""


def texted(call: Asked) -> bool:
    """Whether links and codes go by text to whom is reached so: where a gateway that carries them is set up."""
    settings: Settings = call.request.app.state.settings
    return bool(settings.text_url) and "sms" in settings.text_channels


@post("/v1/policies", **command(publish_policy, scope="organisation:write"))
async def publish_policy_route(data: JSONBody[NewPolicy], call: Asked) -> Response[PolicyReceipt]:
    return await call.perform(publish_policy, policy=data)


@get("/v1/policies", **question(list_policies, scope="offers:read"))
async def list_policies_route(call: Asked) -> Response[list[PublishedPolicy]]:
    return await call.read(list_policies)


@get("/v1/laws", **question(list_laws, scope="offers:read"))
async def list_laws_route(call: Asked) -> Response[list[Law]]:
    return await call.read(list_laws)


@get("/v1/laws/documents", **question(list_paper_laws, scope="offers:read"))
async def list_paper_laws_route(call: Asked) -> Response[list[PaperLaw]]:
    return await call.read(list_paper_laws)


@get("/v1/offers/{offer_id:uuid}", **question(find_offer, scope="offers:read"))
async def find_offer_route(offer_id: FromPath[UUID], call: Asked) -> Response[Offer]:
    return await call.read(find_offer, offer_id=offer_id)


@post("/v1/offers/{offer_id:uuid}/revisions", **command(revise_offer, scope="offers:write"))
async def revise_offer_route(offer_id: FromPath[UUID], data: JSONBody[NewRevision], call: Asked) -> Response[OfferReceipt]:
    return await call.perform(revise_offer, offer_id=offer_id, revision=data)


@delete("/v1/offers/{offer_id:uuid}", **command(delete_offer, scope="offers:write", status=200))
async def delete_offer_route(offer_id: FromPath[UUID], call: Asked) -> Response[OfferDeleted]:
    return await call.perform(delete_offer, offer_id=offer_id)


@post("/v1/offers/{offer_id:uuid}/present", **command(present_offer, scope="offers:present"))
async def present_offer_route(offer_id: FromPath[UUID], data: JSONBody[NewPresentation], call: Asked) -> Response[PresentationGiven]:
    return await call.perform(present_offer, offer_id=offer_id, presentation=data, texted=texted(call))


@get("/v1/presentations/{presentation_id:uuid}", **question(find_presentation, scope="presentations:read"))
async def find_presentation_route(presentation_id: FromPath[UUID], call: Asked) -> Response[Presentation]:
    return await call.read(find_presentation, presentation_id=presentation_id, texted=texted(call))


@post("/v1/presentations/{presentation_id:uuid}/answer", **command(answer_presentation, scope="presentations:decide"))
async def answer_presentation_route(presentation_id: FromPath[UUID], data: JSONBody[Answer], call: Asked) -> Response[SignedAct]:
    return await call.perform(answer_presentation, presentation_id=presentation_id, answer=data)


@post("/v1/presentations/{presentation_id:uuid}/code", **command(send_code, scope="presentations:decide"))
async def send_code_route(presentation_id: FromPath[UUID], call: Asked) -> Response[CodeSent]:
    return await call.perform(send_code, presentation_id=presentation_id, texted=texted(call))


@post("/v1/presentations/{presentation_id:uuid}/questions", **command(ask_question, scope="presentations:decide"))
async def ask_question_route(presentation_id: FromPath[UUID], data: JSONBody[NewQuestion], call: Asked) -> Response[QuestionReceipt]:
    return await call.perform(ask_question, presentation_id=presentation_id, question=data)


@get("/v1/presentations/{presentation_id:uuid}/questions", **question(read_questions, scope="presentations:read"))
async def read_questions_route(presentation_id: FromPath[UUID], call: Asked) -> Response[list[Question]]:
    return await call.read(read_questions, presentation_id=presentation_id)


@post("/v1/questions/{question_id:uuid}/reply", **command(reply_to_question, scope="offers:write"))
async def reply_to_question_route(question_id: FromPath[UUID], data: JSONBody[NewReply], call: Asked) -> Response[ReplyReceipt]:
    return await call.perform(reply_to_question, question_id=question_id, reply=data)


@get("/v1/questions", **question(list_questions, scope="offers:read"))
async def list_questions_route(
    customer_id: FromQuery[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Question]]:
    return await call.read(list_questions, customer_id=customer_id, limit=limit, cursor=cursor)


@post("/v1/offers/{offer_id:uuid}/oral-consents", **command(record_oral_consent, scope="authorisations:record"))
async def record_oral_consent_route(offer_id: FromPath[UUID], data: JSONBody[OralConsent], call: Asked) -> Response[SignedAct]:
    return await call.perform(record_oral_consent, offer_id=offer_id, consent=data)


@post("/v1/authorisations/{authorisation_id:uuid}/revoke", **command(revoke_authorisation, scope="authorisations:record"))
async def revoke_authorisation_route(
    authorisation_id: FromPath[UUID], data: JSONBody[NewRevocation], call: Asked
) -> Response[SignedRevocation]:
    return await call.perform(revoke_authorisation, authorisation_id=authorisation_id, revocation=data)


@post("/v1/scopes/{scope_id:uuid}/photos", **command(add_photo, scope="work:record", file=PICTURE, also=(PhotoUnreadable,)))
async def add_photo_route(
    scope_id: FromPath[UUID],
    call: Asked,
    shows: FromQuery[PhotoShows],
    taken_at: FromQuery[Instant | None] = None,
    visit_id: FromQuery[UUID | None] = None,
    photo_id: Annotated[UUID | None, QueryParameter(name="id")] = None,
) -> Response[PhotoReceipt]:
    photo = NewPhoto(shows=shows, taken_at=taken_at, visit_id=visit_id, id=photo_id)
    return await call.perform(add_photo, scope_id=scope_id, photo=photo, picture=await picture_of(await call.request.body()))


@get("/v1/scopes/{scope_id:uuid}/photos", **question(list_photos, scope="offers:read"))
async def list_photos_route(
    scope_id: FromPath[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Photo]]:
    return await call.read(list_photos, scope_id=scope_id, limit=limit, cursor=cursor)


@get("/v1/photos/{photo_id:uuid}/picture", **question(read_photo, scope="offers:read"), media_type="image/jpeg")
async def read_photo_route(photo_id: FromPath[UUID], call: Asked, size: FromQuery[Size] = "whole") -> Response[bytes]:
    return _picture((await call.read(read_photo, photo_id=photo_id, size=size)).content, photo_id)


@get(
    "/v1/presentations/{presentation_id:uuid}/photos/{photo_id:uuid}/picture",
    **question(read_shown_photo, scope="presentations:read"),
    media_type="image/jpeg",
)
async def read_shown_photo_route(
    presentation_id: FromPath[UUID], photo_id: FromPath[UUID], call: Asked, size: FromQuery[Size] = "whole"
) -> Response[bytes]:
    content = (await call.read(read_shown_photo, presentation_id=presentation_id, photo_id=photo_id, size=size)).content
    return _picture(content, photo_id)


def _picture(content: bytes, photo_id: UUID) -> Response[bytes]:
    return Response(content, media_type="image/jpeg", headers={"Content-Disposition": f'inline; filename="photo-{photo_id}.jpg"'})


@post("/v1/work-records", **command(record_work, scope="work:record"))
async def record_work_route(data: JSONBody[NewWorkRecord], call: Asked) -> Response[WorkReceipt]:
    return await call.perform(record_work, record=data)


@post("/v1/work-records/several", **command(record_several, scope="work:record"))
async def record_several_route(data: JSONBody[NewWorkRecords], call: Asked) -> Response[WorkReceipts]:
    return await call.perform(record_several, records=data.records)


@post("/v1/work-records/{work_record_id:uuid}/corrections", **command(correct_work, scope="work:record"))
async def correct_work_route(work_record_id: FromPath[UUID], data: JSONBody[NewCorrection], call: Asked) -> Response[WorkReceipt]:
    return await call.perform(correct_work, work_record_id=work_record_id, correction=data)


@post("/v1/scopes/{scope_id:uuid}/forecasts", **command(state_forecast, scope="work:record"))
async def state_forecast_route(scope_id: FromPath[UUID], data: JSONBody[NewForecast], call: Asked) -> Response[ForecastReceipt]:
    return await call.perform(state_forecast, scope_id=scope_id, forecast=data)


@get("/v1/scopes/{scope_id:uuid}/forecasts", **question(list_forecasts, scope="offers:read"))
async def list_forecasts_route(scope_id: FromPath[UUID], call: Asked) -> Response[list[Forecast]]:
    return await call.read(list_forecasts, scope_id=scope_id)


@post("/v1/forecasts/{forecast_id:uuid}/notices", **command(log_overrun_notice, scope="authorisations:record"))
async def log_overrun_notice_route(
    forecast_id: FromPath[UUID], data: JSONBody[NewOverrunNotice], call: Asked
) -> Response[OverrunNoticeReceipt]:
    return await call.perform(log_overrun_notice, forecast_id=forecast_id, notice=data)


ROUTES = [
    publish_policy_route,
    list_policies_route,
    list_laws_route,
    list_paper_laws_route,
    find_offer_route,
    revise_offer_route,
    delete_offer_route,
    present_offer_route,
    find_presentation_route,
    answer_presentation_route,
    send_code_route,
    ask_question_route,
    read_questions_route,
    reply_to_question_route,
    list_questions_route,
    record_oral_consent_route,
    revoke_authorisation_route,
    add_photo_route,
    list_photos_route,
    read_photo_route,
    read_shown_photo_route,
    record_work_route,
    record_several_route,
    correct_work_route,
    state_forecast_route,
    list_forecasts_route,
    log_overrun_notice_route,
]
