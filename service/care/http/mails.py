"""Routes of mail that comes in for cases."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.care.mails import (
    add_mail_address,
    dismiss_stray_mail,
    find_attachment,
    list_mail_addresses,
    list_stray_mails,
    remove_mail_address,
    take_stray_mail,
)
from service.care.records.cases import Heard
from service.care.records.mails import (
    AttachmentContent,
    MailAddress,
    MailAddressReceipt,
    MailCodeAsked,
    MailTaken,
    NewMailAddress,
    NewMailProof,
    NewMailSender,
    StrayMail,
    StrayTaken,
)
from service.care.senders import prove_mail_address, send_from_address, send_from_operator, send_mail_code
from service.integrations.mail_reading import OTHER
from service.kit.downloads import as_download
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page

READ, WRITE, SET = "timeline:read", "messages:write", "organisation:write"
Asked = NamedDependency[Call[Any]]


@post("/v1/mail-addresses", **command(add_mail_address, scope=SET))
async def add_mail_address_route(data: JSONBody[NewMailAddress], call: Asked) -> Response[MailAddressReceipt]:
    return await call.perform(add_mail_address, address=data)


@get("/v1/mail-addresses", **question(list_mail_addresses, scope="organisation:read"))
async def list_mail_addresses_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[MailAddress]]:
    return await call.read(list_mail_addresses, limit=limit, cursor=cursor)


@post("/v1/mail-addresses/{mail_address_id:uuid}/remove", **command(remove_mail_address, scope=SET, status=200))
async def remove_mail_address_route(mail_address_id: FromPath[UUID], call: Asked) -> Response[MailAddressReceipt]:
    return await call.perform(remove_mail_address, mail_address_id=mail_address_id)


@post("/v1/mail-addresses/{mail_address_id:uuid}/code", **command(send_mail_code, scope=SET, status=202))
async def send_mail_code_route(mail_address_id: FromPath[UUID], call: Asked) -> Response[MailCodeAsked]:
    return await call.perform(send_mail_code, mail_address_id=mail_address_id)


@post("/v1/mail-addresses/{mail_address_id:uuid}/proof", **command(prove_mail_address, scope=SET, status=200))
async def prove_mail_address_route(
    mail_address_id: FromPath[UUID], data: JSONBody[NewMailProof], call: Asked
) -> Response[MailAddressReceipt]:
    return await call.perform(prove_mail_address, mail_address_id=mail_address_id, proof=data)


@post("/v1/mail-addresses/{mail_address_id:uuid}/sender", **command(send_from_address, scope=SET, status=200))
async def send_from_address_route(
    mail_address_id: FromPath[UUID], data: JSONBody[NewMailSender], call: Asked
) -> Response[MailAddressReceipt]:
    return await call.perform(send_from_address, mail_address_id=mail_address_id, sender=data)


@post("/v1/mail-addresses/{mail_address_id:uuid}/sender/remove", **command(send_from_operator, scope=SET, status=200))
async def send_from_operator_route(mail_address_id: FromPath[UUID], call: Asked) -> Response[MailAddressReceipt]:
    return await call.perform(send_from_operator, mail_address_id=mail_address_id)


@get("/v1/stray-mails", **question(list_stray_mails, scope=READ))
async def list_stray_mails_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[StrayMail]]:
    return await call.read(list_stray_mails, limit=limit, cursor=cursor)


@post("/v1/stray-mails/{stray_id:uuid}/take", **command(take_stray_mail, scope="customers:write"))
async def take_stray_mail_route(stray_id: FromPath[UUID], data: JSONBody[StrayTaken], call: Asked) -> Response[Heard]:
    return await call.perform(take_stray_mail, stray_id=stray_id, taken=data)


@post("/v1/stray-mails/{stray_id:uuid}/dismiss", **command(dismiss_stray_mail, scope="customers:write", status=200))
async def dismiss_stray_mail_route(stray_id: FromPath[UUID], call: Asked) -> Response[MailTaken]:
    return await call.perform(dismiss_stray_mail, stray_id=stray_id)


@get("/v1/attachments/{attachment_id:uuid}", media_type=OTHER, **question(find_attachment, scope=READ))
async def find_attachment_route(attachment_id: FromPath[UUID], call: Asked) -> Response[bytes]:
    file: AttachmentContent = await call.ask(find_attachment, attachment_id=attachment_id)
    return Response(file.content, media_type=OTHER, headers=as_download(file.name))


ROUTES = [
    add_mail_address_route,
    list_mail_addresses_route,
    remove_mail_address_route,
    send_mail_code_route,
    prove_mail_address_route,
    send_from_address_route,
    send_from_operator_route,
    list_stray_mails_route,
    take_stray_mail_route,
    dismiss_stray_mail_route,
    find_attachment_route,
]
