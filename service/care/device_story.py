"""What a customer sees of a device of theirs: where it is, who has it, what was done, signed and photographed, and what they have of ours meanwhile."""

from uuid import UUID

from service.authorisations.photos import Size, read_photo
from service.care.bench import list_bench_steps
from service.care.custody_lists import find_custody, list_hand_overs
from service.care.queries import DEVICES_OF_CUSTOMER, LOANS_FOR_DEVICE, NEWS_OF_DEVICE, PICTURES_OF_DEVICE
from service.care.records.portal import DeviceKept, DeviceStory
from service.kit.paging import MOST
from service.kit.refusals import NotFound
from service.kit.verbs import Work


async def list_devices_of_customer(work: Work, *, customer_id: UUID) -> list[DeviceKept]:
    """Every device of theirs that was ever taken in, the latest first."""
    return await work.all(DEVICES_OF_CUSTOMER, customer_id=customer_id)


async def read_device_story(work: Work, *, customer_id: UUID, custody_id: UUID) -> DeviceStory:
    """All of it; raises NotFound for a device that isn't theirs."""
    device = await find_custody(work, custody_id=custody_id)
    if device.customer_id != customer_id:
        raise NotFound
    return DeviceStory(
        device=device,
        steps=(await list_bench_steps(work, custody_id=custody_id, limit=MOST, cursor=None)).items,
        hand_overs=(await list_hand_overs(work, custody_id=custody_id, limit=MOST, cursor=None)).items,
        news=await work.all(NEWS_OF_DEVICE, custody_id=custody_id),
        loans=await work.all(LOANS_FOR_DEVICE, custody_id=custody_id),
        pictures=await work.all(PICTURES_OF_DEVICE, customer_id=customer_id, custody_id=custody_id),
    )


async def read_device_photo(work: Work, *, customer_id: UUID, custody_id: UUID, photo_id: UUID, size: Size) -> bytes:
    """A photo of a hand-over of their device, or of what was lent for it; any other isn't there for them."""
    if photo_id not in await work.all(PICTURES_OF_DEVICE, customer_id=customer_id, custody_id=custody_id):
        raise NotFound
    return await read_photo(work, photo_id=photo_id, size=size)
