"""Loads the made-up company: people with roles and shifts, a price book, customers with sites and assets, subscriptions in every state, a week of visits."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import cast
from uuid import UUID

from service.catalogue.items import create_item
from service.catalogue.records import NewItem
from service.cli.demo.bench import fill_workshop
from service.cli.demo.mould import JURISDICTIONS, NAME, PASSWORD, SLUG, ZONES, Client, Person, clients, people, price_book
from service.cli.demo.news import tell_news
from service.cli.demo.office import Company, Office, Served, Told, side_by_side, unheard
from service.cli.demo.subscribers import subscribe
from service.cli.demo.week import plan_visits, plan_waiting
from service.customers.assets import add_asset
from service.customers.contacts import add_contact
from service.customers.customers import add_customer
from service.customers.records import NewAsset, NewContact, NewCustomer, NewSite
from service.customers.sites import add_site
from service.dispatch.records import Break, NewShifts, NewTechnician, Place
from service.dispatch.technicians import add_shifts, add_technician
from service.identity.api_keys import make_api_key
from service.identity.mail_links import accept_invitation
from service.identity.organisations import change_organisation, found_organisation
from service.identity.passwords import hashed
from service.identity.records import Founding, Invitation, NewApiKey, OrganisationChange
from service.identity.scopes import Role
from service.identity.staff import invite_staff
from service.kit.money import Currency

IBAN = "DE75512108001245126199"
"""Nobody's: an example of ISO 13616's registry."""
EVERYBODY_READS = [
    "customers:read",
    "catalogue:read",
    "jobs:read",
    "visits:read",
    "facts:read",
    "timeline:read",
    "subscriptions:read",
    "invoices:read",
]


async def found(
    office: Office, *, name: str, email: str, manager: str, currency: Currency, zone: str, at: datetime, slug: str | None = None
) -> UUID:
    """An organisation with its manager, as `sayso init` makes it, where it is paid to, and the name of its public pages if it has any."""
    founding = Founding(
        name=name, zone=zone, currency=currency, language="en", phone="+49 30 23125 500", email=f"hello@{email.partition('@')[2]}",
        manager_name=manager, manager_email=email, manager_password=PASSWORD, organisation_id=office.organisation_id, manager_id=office.new_id(at),
    )  # fmt: skip
    manager_id = (await office.do(found_organisation, at=at, founding=founding)).manager_id
    printed = OrganisationChange(
        account_holder=name, iban=IBAN, street="Skalitzer Straße 100", city="Berlin", postcode="10997", country="DE", vat_id="DE136695976",
        slug=slug,
    )  # fmt: skip
    await office.do(change_organisation, at=at, version=1, change=printed)
    return manager_id


async def load(office: Office, *, now: datetime, told: Told = unheard, share: int = 1) -> None:
    """The whole company; with `share`, every so many customers only (tests)."""
    company = Company(now - timedelta(days=120), now)
    await _hire(office, company, told)
    await _price(office, company, told)
    wanted = clients()[::share]  # shuffled when they were made up
    done = told(f"{len(wanted)} customers with sites and assets", len(wanted))
    await side_by_side([partial(_serve, office, company, client) for client in wanted], done)
    unpaid = await subscribe(office, company, told)
    await tell_news(office, company, told)
    visits = plan_visits(office, company, unpaid=unpaid)
    await side_by_side(visits, told(f"{len(visits)} visits of a week", len(visits)))
    waiting = plan_waiting(office, company)
    await side_by_side(waiting, told(f"{len(waiting)} jobs that nobody goes to yet", len(waiting)))
    await side_by_side([partial(fill_workshop, office, company)], told("the workshop, with devices in repair and a loaner out", 1))


async def _hire(office: Office, company: Company, told: Told) -> None:
    staff = people()
    done = told(f"{len(staff)} people", len(staff))
    manager = staff[0]
    zone = ZONES["Berlin"]
    company.staff[manager.email] = await found(
        office, name=NAME, email=manager.email, manager=manager.name, currency="EUR", zone=zone, at=company.founded_at, slug=SLUG
    )
    done()
    await side_by_side([partial(_employ, office, company, person) for person in staff[1:]], done)
    everything = office.person(company.staff[manager.email], "manager")
    await office.do(make_api_key, at=company.now, by=everything, new=NewApiKey(name="demo", scopes=EVERYBODY_READS))


async def _employ(office: Office, company: Company, person: Person) -> None:
    at = company.founded_at
    roles = cast("list[Role]", person.roles.split())
    staff_id = office.new_id(at)
    company.staff[person.email] = staff_id
    await office.do(invite_staff, at=at, invitation=Invitation(name=person.name, email=person.email, roles=roles, id=staff_id))
    await _join(office, staff_id, at=at + timedelta(hours=1))
    if not person.city:
        return
    home = Place(latitude_e7=int(person.latitude_e7), longitude_e7=int(person.longitude_e7))
    technician = NewTechnician(
        staff_id=staff_id, zone=ZONES[person.city], skills=dict.fromkeys(person.skills.split(), 1), may_take_cash=person.cash == "yes", home=home, reach_metres=60_000
    )  # fmt: skip
    await office.do(add_technician, at=at, technician=technician)
    starts, ends = person.shift
    middle = (datetime.combine(date.min, starts) + timedelta(hours=3, minutes=30)).time()
    rest = Break(starts=middle, ends=(datetime.combine(date.min, middle) + timedelta(minutes=30)).time())
    today = company.today(ZONES[person.city])
    shifts = NewShifts(from_on=today - timedelta(days=3), until_on=today + timedelta(days=90), starts=starts, ends=ends, break_=rest)
    await office.do(add_shifts, at=company.now - timedelta(days=4), technician_id=staff_id, shifts=shifts)


async def _join(office: Office, staff_id: UUID, *, at: datetime) -> None:
    """Accepts the invitation whose link was mailed."""
    mail_link_id = await office.value("select mail_link_id from identity.mail_link where staff_id = $1", staff_id)
    password_hash = await hashed(PASSWORD, salt=office.database.randomness(16))
    await office.do(accept_invitation, at=at, by=office.person(staff_id), mail_link_id=mail_link_id, password_hash=password_hash)


async def _price(office: Office, company: Company, told: Told) -> None:
    book = price_book()
    done = told(f"{len(book)} items in the price book", len(book))
    for article in book:
        item = NewItem(
            effective_on=company.founded_at.date(), name=article.name, unit=article.unit, currency="EUR", price=article.price, tax_category="S",
            tax_rate_bp=article.tax_rate_bp, code=article.code, kind=article.kind,
        )  # fmt: skip
        company.items[article.code] = (await office.do(create_item, at=company.founded_at, item=item)).id
        done()


async def _serve(office: Office, company: Company, client: Client) -> None:
    at = company.founded_at + timedelta(hours=1)
    zone = ZONES[client.city]
    customer = NewCustomer(name=client.name, zone=zone, language=client.language, reference=client.reference)
    customer_id = (await office.do(add_customer, at=at, customer=customer)).id
    contact_ids = []
    for channel, address in (("email", client.email), ("phone", client.phone)):
        contact = NewContact(name=client.name, channel=channel, address=address, may_authorise=True)  # type: ignore[arg-type]
        contact_ids.append((await office.do(add_contact, at=at, customer_id=customer_id, contact=contact)).id)
    site = NewSite(
        address=client.address,
        zone=zone,
        access_notes=client.access_notes,
        latitude_e7=client.latitude_e7,
        longitude_e7=client.longitude_e7,
        jurisdiction=JURISDICTIONS[client.city],
    )
    site_id = (await office.do(add_site, at=at, customer_id=customer_id, site=site)).id
    asset = NewAsset(kind=client.asset_kind, name=client.asset_name, serial=client.serial, site_id=site_id)
    await office.do(add_asset, at=at, customer_id=customer_id, asset=asset)
    company.served.append(Served(client, customer_id, contact_ids[-1], site_id))
