"""What stands in the workshop: a router in repair whose customer has a loaner meanwhile, one that waits for a yes, and one that nobody has looked at and that is late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from service.authorisations.consents import record_oral_consent
from service.authorisations.photos import add_photo
from service.authorisations.pictures import picture_of
from service.authorisations.records import Authoriser, NewItem, NewOffer, NewPhoto, OralConsent
from service.care.bench import move_on_bench
from service.care.custody import add_bench_place, put_device_down, take_device, take_device_in
from service.care.loaners import add_loaner, lend_loaner
from service.care.records.bench import NewBenchStep
from service.care.records.custody import NewBenchPlace, NewCustody, PutDown, Signature, TakenOver
from service.care.records.loaners import NewLoan, NewLoaner
from service.cli.demo.office import Company, Office, Served
from service.cli.demo.snapshot import old_router
from service.customers.assets import list_assets
from service.dispatch.jobs import offer_on_job, open_job
from service.dispatch.records import NewJob
from service.kit.principals import Principal

STROKES: Signature = [[[120 + 30 * at, 200 + (60 if at % 3 else -40)] for at in range(20)]]


@dataclass(frozen=True)
class Workshop:
    """Who works there, and what lies where."""

    office: Office
    company: Company
    counter: Principal
    bench: Principal
    place_id: UUID
    picture: bytes

    async def took_in(self, served: Served, *, at: datetime, condition: str, hear_by: datetime) -> tuple[UUID, UUID]:
        """A router over the counter, onto the shelf: the custody and its job."""
        do = self.office.do
        [asset, *_] = (
            await self.office.read(list_assets, at=at, customer_id=served.customer_id, site_id=None, serial=None, limit=1, cursor=None)
        ).items
        job = NewJob(customer_id=served.customer_id, site_id=served.site_id, kind="repair", asset_id=asset.id, symptom="No lamp is on.")
        opened = await do(open_job, at=at, by=self.counter, job=job)
        photo = await do(
            add_photo,
            at=at,
            by=self.counter,
            scope_id=opened.scope_id,
            photo=NewPhoto(shows="custody"),
            picture=await picture_of(self.picture),
        )
        taken = NewCustody(
            asset_id=asset.id,
            condition=condition,
            accessories=["Power supply"],
            photo_ids=[photo.id],
            signature=STROKES,
            staff_signature=STROKES,
            signed_by=served.client.name,
            hear_by=hear_by,
        )
        custody_id = (await do(take_device_in, at=at, by=self.counter, job_id=opened.id, taken=taken)).id
        shelved = PutDown(place_id=self.place_id, after_step=1)
        await do(put_device_down, at=at + timedelta(minutes=10), by=self.counter, custody_id=custody_id, put=shelved)
        return custody_id, opened.id

    async def stepped(self, custody_id: UUID, step: NewBenchStep, *, at: datetime) -> None:
        """What is done with it next, by whoever has it on the bench."""
        await self.office.do(move_on_bench, at=at, by=self.bench, custody_id=custody_id, step=step)

    async def offered(self, custody_id: UUID, job_id: UUID, served: Served, *, at: datetime) -> tuple[UUID, OralConsent]:
        """It is looked at, its repair offered, and waits for the customer's word: the offer, and the yes that would let it go on."""
        do = self.office.do
        await do(take_device, at=at, by=self.bench, custody_id=custody_id, taken=TakenOver(after_step=2))
        await self.stepped(custody_id, NewBenchStep(to="diagnosing", words="The power stage is dead."), at=at)
        labour = NewItem(quantity="1", book_item=self.company.items["LAB-HOUR"], description="Power stage replaced, labour")
        offer = NewOffer(kind="additional", items=[labour], found="The power stage is dead.")
        made = await do(offer_on_job, at=at + timedelta(hours=1), by=self.counter, job_id=job_id, offer=offer)
        await self.stepped(custody_id, NewBenchStep(to="waiting_approval", offer_id=made.id), at=at + timedelta(hours=1))
        said_at = at + timedelta(hours=3)
        yes = OralConsent(
            offer_hash=made.offer_hash, channel="oral_phone", consented_at=said_at, approved=made.item_ids, number_called=served.client.phone,
            authoriser=Authoriser(name=served.client.name, contact_id=served.contact_id), received_by=str(self.counter.id), conditions="none",
            added_minor=made.total_minor, total_minor=made.total_minor,
        )  # fmt: skip
        return made.id, yes


async def fill_workshop(office: Office, company: Company) -> None:
    """All of it, as of the last days."""
    workshop, now = await _open(office, company), company.now
    routers = [one for one in company.served if one.client.city == "Berlin" and one.client.asset_kind == "router"][:3]
    took_in = [
        await workshop.took_in(served, at=now - timedelta(days=days), condition=condition, hear_by=now + timedelta(hours=hours))
        for served, days, condition, hours in zip(
            routers,
            (3, 2, 6),
            ("Scratch on the lid; no lamp is on.", "Clean; restarts every hour.", "Water was in it."),
            (44, 40, -5),
            strict=False,
        )
    ]
    if len(took_in) > 1:
        await workshop.offered(*took_in[1], routers[1], at=now - timedelta(hours=20))
    if took_in:
        (custody_id, job_id), served = took_in[0], routers[0]
        begun_at = now - timedelta(hours=28)
        offer_id, yes = await workshop.offered(custody_id, job_id, served, at=begun_at)
        await office.do(record_oral_consent, at=yes.consented_at, by=workshop.counter, offer_id=offer_id, consent=yes)
        for hours, state in ((4, "approved"), (5, "repairing")):
            item_id = yes.approved[0] if state == "approved" else None
            step = NewBenchStep(to=state, item_id=item_id, hear_by=now + timedelta(hours=44))  # type: ignore[arg-type]
            await workshop.stepped(custody_id, step, at=begun_at + timedelta(hours=hours))
        loan = NewLoan(
            custody_id=custody_id, signature=STROKES, staff_signature=STROKES, signed_by=served.client.name, accessories=["Power supply"],
            back_by=now + timedelta(days=5),
        )  # fmt: skip
        loaner_id = (await _stock(workshop))[0]
        await office.do(
            lend_loaner, at=now - timedelta(days=3) + timedelta(minutes=20), by=workshop.counter, loaner_id=loaner_id, loan=loan
        )


async def _open(office: Office, company: Company) -> Workshop:
    clerk = office.person(company.staff["office@tejo-spree.example"], "back_office")
    place_id = (await office.do(add_bench_place, at=company.founded_at, by=clerk, place=NewBenchPlace(name="Workshop, shelf 1"))).id
    bench = office.person(company.staff["jonas.brandt@tejo-spree.example"], "technician")
    return Workshop(office, company, clerk, bench, place_id, old_router())


async def _stock(workshop: Workshop) -> list[UUID]:
    """Three routers that are lent."""
    add, at, by = add_loaner, workshop.company.founded_at, workshop.counter
    stock = [NewLoaner(kind="router", name=f"Loan router {number}", serial=f"L-{number}") for number in (1, 2, 3)]
    return [(await workshop.office.do(add, at=at, by=by, loaner=loaner)).id for loaner in stock]
