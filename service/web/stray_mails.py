"""Mail of nobody known, on the page of the cases: whose it is, or that it isn't for us; and the files of mails, to be saved."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.care.mails import dismiss_stray_mail, find_attachment, take_stray_mail
from service.care.records import Found
from service.care.records.cases import Heard
from service.care.records.mails import AttachmentContent, StrayTaken
from service.care.searching import search_customers
from service.integrations.mail_reading import OTHER
from service.kit.downloads import as_download
from service.kit.http import Call
from service.kit.refusals import Refusal
from service.web.cases import PAGE, READ, cases_page
from service.web.forms import acted, filled_in
from service.web.guard import from_our_own_page

WRITE = "customers:write"
Asked = NamedDependency[Call[Any]]


class CustomerUnclear(Refusal):
    """Not exactly one customer fits what was written."""

    code, status, remedy = "CUSTOMER_UNCLEAR", 422, "Write the customer's reference, or all of their name and address."


@post("/app/stray-mails/{stray_id:uuid}/take", opt={"scope": WRITE}, include_in_schema=False)
async def take_stray(stray_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Says whose it is, then shows the case that it is in."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    heard: list[Heard] = []

    async def act() -> None:
        found: Found = await call.ask(search_customers, said=form.get("said", "")[:200])
        if len(found.items) != 1:
            raise CustomerUnclear
        taken = StrayTaken(customer_id=found.items[0].id, adds_contact=form.get("adds") == "yes")
        heard.append(await call.do(take_stray_mail, stray_id=stray_id, taken=taken))

    return await acted(act, to=lambda: f"{PAGE}/{heard[0].id}", again=lambda refusal: cases_page(call, refusal=refusal))


@post("/app/stray-mails/{stray_id:uuid}/dismiss", opt={"scope": WRITE}, include_in_schema=False)
async def dismiss_stray(stray_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Deletes what isn't for us."""
    from_our_own_page(call.request)

    async def act() -> None:
        await call.do(dismiss_stray_mail, stray_id=stray_id)

    return await acted(act, to=lambda: PAGE, again=lambda refusal: cases_page(call, refusal=refusal))


@get("/app/attachments/{attachment_id:uuid}", opt={"scope": READ}, include_in_schema=False, media_type=OTHER)
async def save_attachment(attachment_id: FromPath[UUID], call: Asked) -> Response[bytes]:
    """A file as it came, to be saved."""
    file: AttachmentContent = await call.ask(find_attachment, attachment_id=attachment_id)
    return Response(file.content, media_type=OTHER, headers=as_download(file.name))


ROUTES: list[Any] = [take_stray, dismiss_stray, save_attachment]
