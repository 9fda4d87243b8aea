"""Assets: what stands at a site or travels, with a history that nobody can rewrite."""

from uuid import UUID

from service.customers.changes import after, changed, values
from service.customers.customers import find_customer
from service.customers.finding import keep_words_of_asset
from service.customers.queries import ADD_ASSET, ASSET_HISTORY, CHANGE_ASSET, FIND_ASSET, LIST_ASSETS
from service.customers.records import Asset, AssetChange, AssetStep, NewAsset, Receipt
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, Refusal, StaleVersion
from service.kit.verbs import Lock, Work, verb


class SiteNotTheCustomers(Refusal):
    """This customer has no such site."""

    code, status, remedy = "SITE_NOT_THE_CUSTOMERS", 409, "Name one of the customer's own sites, or none while it travels."
    constraints = ("customers.asset_stands_at_a_site_of_its_customer", "customers.asset_step_at_a_site_of_its_customer")


@verb(refusals=(CardNumber, SiteNotTheCustomers, IdTaken))
async def add_asset(work: Work, *, customer_id: UUID, asset: NewAsset) -> Receipt:
    """Adds a thing of the customer's and begins its history; the same one under the same id again answers the same."""
    receipt = await work.run(ADD_ASSET, customer_id=customer_id, asset_id=asset.id or work.new_id(), **values(asset))
    await keep_words_of_asset(work, customer_id, receipt.id, asset)
    return receipt


@verb(
    refusals=(CardNumber, SiteNotTheCustomers, StaleVersion),
    # before or after an invoice of the customer's is issued, which tells what the asset was said to be at that moment
    locks=lambda *, customer_id, **_: (Lock.account(customer_id),),
)
async def change_asset(work: Work, *, customer_id: UUID, asset_id: UUID, version: int, change: AssetChange) -> Receipt:
    """Changes or moves an asset, if nobody else did since; what it was stays in its history."""
    receipt = await work.run(CHANGE_ASSET, customer_id=customer_id, asset_id=asset_id, version=version, change=changed(change))
    asset = await work.one(FIND_ASSET, customer_id=customer_id, asset_id=asset_id)
    await keep_words_of_asset(work, customer_id, asset_id, asset)
    return receipt


async def find_asset(work: Work, *, customer_id: UUID, asset_id: UUID) -> Asset:
    """One asset as it stands."""
    return await work.one(FIND_ASSET, customer_id=customer_id, asset_id=asset_id)


@under(find_customer)
async def list_assets(
    work: Work, *, customer_id: UUID, site_id: UUID | None, serial: str | None, limit: int, cursor: str | None
) -> Page[Asset]:
    """A customer's assets in the order they were added, at one site or with one serial number where named."""
    purpose = f"assets {work.organisation_id} {customer_id} {site_id} {serial}"
    rows = await work.all(
        LIST_ASSETS, customer_id=customer_id, site_id=site_id, serial=serial, after=after(work, purpose, cursor), limit=limit
    )
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


@under(find_asset)
async def asset_history(work: Work, *, customer_id: UUID, asset_id: UUID, limit: int, cursor: str | None) -> Page[AssetStep]:
    """Where an asset stood and what it was, from the beginning."""
    purpose = f"asset history {work.organisation_id} {customer_id} {asset_id}"
    begin = int(work.cursors.read(purpose, cursor)[0]) if cursor else 0
    rows = await work.all(ASSET_HISTORY, customer_id=customer_id, asset_id=asset_id, after=begin, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.version,))
