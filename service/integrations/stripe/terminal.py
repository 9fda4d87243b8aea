"""The calls about where card readers stand, and by which a new one is registered."""

from collections.abc import Mapping

from stripe.params.terminal import LocationCreateParams, LocationCreateParamsAddress, ReaderCreateParams

from service.integrations.stripe.client import Stripe, call
from service.integrations.stripe.reader_records import Location, Reader
from service.integrations.stripe.records import Page


async def list_locations(connection: Stripe) -> tuple[Location, ...]:
    """Where readers of the account stand, a hundred at most."""
    listed = connection.client.v1.terminal.locations.list_async({"limit": 100})
    return tuple((await call(connection, listed, Page[Location], reads=True)).data)


async def create_location(
    connection: Stripe, *, name: str, address: LocationCreateParamsAddress, metadata: Mapping[str, str], idempotency_key: str
) -> Location:
    """A place where readers stand."""
    params: LocationCreateParams = {"display_name": name, "address": address, "metadata": dict(metadata)}
    made = connection.client.v1.terminal.locations.create_async(params, {"idempotency_key": idempotency_key})
    return await call(connection, made, Location)


async def register_reader(connection: Stripe, *, registration_code: str, label: str, location_id: str, idempotency_key: str) -> Reader:
    """Takes a reader into the account by the code on its screen."""
    params: ReaderCreateParams = {"registration_code": registration_code, "label": label, "location": location_id}
    made = connection.client.v1.terminal.readers.create_async(params, {"idempotency_key": idempotency_key})
    return await call(connection, made, Reader)
