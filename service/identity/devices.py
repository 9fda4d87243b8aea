"""Devices: registered by signing in with one, revoked when lost."""

from uuid import UUID

from service.identity.queries import LIST_DEVICES, REGISTER_DEVICE, REVOKE_DEVICE
from service.identity.records import Device, Registered, Revoked, SentDevice
from service.identity.sessions import DeviceRevoked
from service.kit.paging import Page
from service.kit.refusals import NotFound
from service.kit.verbs import Work, verb

NOBODY = UUID(int=0)


async def list_devices(work: Work, *, limit: int, cursor: str | None) -> Page[Device]:
    """One's own devices; who manages staff sees everybody's."""
    purpose = f"devices {work.organisation_id} {work.principal.id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_DEVICES, staff_id=work.principal.id, all_of_them=work.principal.may("staff:write"), after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


@verb()
async def revoke_device(work: Work, *, device_id: UUID) -> Revoked:
    """Shuts a lost phone out at once, tokens it still holds included; who manages staff may do it for anybody."""
    return await work.run(REVOKE_DEVICE, device_id=device_id, staff_id=work.principal.id, all_of_them=work.principal.may("staff:write"))


@verb(refusals=(DeviceRevoked,))
async def register_device(work: Work, *, device: SentDevice) -> Registered:
    """Says which phone one's session is on, for pages that keep something there; shutting the phone out ends the session too, whatever else it says it is since."""
    if work.principal.kind != "staff" or work.principal.session_id is None:
        raise NotFound
    return await work.run(
        REGISTER_DEVICE,
        device_id=device.id,
        device_name=device.name,
        staff_id=work.principal.id,
        session_id=work.principal.session_id,
    )
