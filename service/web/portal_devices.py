"""One device of a customer's, on their own link: where it is and who has it, what was done, from hand to hand with photos, and what they have of ours meanwhile."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.authorisations.photos import Size
from service.care.device_story import read_device_photo, read_device_story
from service.care.portal import find_holder
from service.care.records.portal import DeviceStory
from service.customers.customers import find_customer
from service.customers.records import Customer
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.verbs import Work
from service.web.live import LIVE
from service.web.pages import page
from service.web.photos import JPEG, picture
from service.web.portal import customer_of, home_of

READ = "account:read"
Asked = NamedDependency[Call[Any]]


class ShownDevice(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    customer: Customer
    story: DeviceStory


@get("/l/{token:str}/devices/{custody_id:uuid}", opt={"scope": READ}, include_in_schema=False)
async def show_device_to_customer(custody_id: FromPath[UUID], call: Asked) -> Response[str]:
    """As it stands at this moment, and what became of it before."""
    shown: ShownDevice = await call.ask(look_at_story, customer_id=customer_of(call), custody_id=custody_id)
    return page(
        "portal_device.html",
        language=shown.customer.language,
        headers=LIVE,
        organisation=shown.organisation,
        story=shown.story,
        device=shown.story.device,
        zone=shown.customer.zone,
        home=home_of(call),
        now=call.at,
        reference=shown.story.device.reference,
    )


@get("/l/{token:str}/devices/{custody_id:uuid}/photos/{photo_id:uuid}", opt={"scope": READ}, include_in_schema=False, media_type=JPEG)
async def show_devices_photo(custody_id: FromPath[UUID], photo_id: FromPath[UUID], call: Asked) -> Response[bytes]:
    """A photo of a hand-over, or of what was lent."""
    return await _photo(call, custody_id, photo_id, "whole")


@get("/l/{token:str}/devices/{custody_id:uuid}/photos/{photo_id:uuid}/small", opt={"scope": READ}, include_in_schema=False, media_type=JPEG)
async def show_devices_small_photo(custody_id: FromPath[UUID], photo_id: FromPath[UUID], call: Asked) -> Response[bytes]:
    """Its small copy, which the page itself shows."""
    return await _photo(call, custody_id, photo_id, "small")


async def _photo(call: Call[Any], custody_id: UUID, photo_id: UUID, size: Size) -> Response[bytes]:
    asked = {"customer_id": customer_of(call), "custody_id": custody_id, "photo_id": photo_id, "size": size}
    return picture(await call.ask(look_at_photo, **asked), photo_id)


async def look_at_story(work: Work, *, customer_id: UUID, custody_id: UUID) -> ShownDevice:
    """All of it in one snapshot, to whoever is one of the customer's people still."""
    await find_holder(work)
    return ShownDevice(
        organisation=await find_organisation(work),
        customer=await find_customer(work, customer_id=customer_id),
        story=await read_device_story(work, customer_id=customer_id, custody_id=custody_id),
    )


async def look_at_photo(work: Work, *, customer_id: UUID, custody_id: UUID, photo_id: UUID, size: Size) -> bytes:
    """The picture, to whoever is one of the customer's people still."""
    await find_holder(work)
    return await read_device_photo(work, customer_id=customer_id, custody_id=custody_id, photo_id=photo_id, size=size)


ROUTES: list[Any] = [show_device_to_customer, show_devices_photo, show_devices_small_photo]
