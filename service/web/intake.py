"""A device is taken in on a page: at the door from the visit, over the counter from its customer; as both see it, and signed by both."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from service.authorisations.photos import list_photos
from service.authorisations.records import Photo
from service.care.custody import take_device_in
from service.care.records.custody import CustodyOpened, NewCustody
from service.customers.assets import add_asset, list_assets
from service.customers.contacts import list_contacts
from service.customers.customers import find_customer
from service.customers.records import Asset, Contact, Customer, NewAsset, Site
from service.customers.sites import list_sites
from service.dispatch.jobs import find_job, list_jobs, open_job
from service.dispatch.records import Job, JobLine, JobReceipt, NewJob
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import MOST
from service.kit.refusals import Refusal
from service.kit.verbs import Work
from service.web.forms import acted, converted, filled_in, id_in, moment_in
from service.web.glass import signed_in
from service.web.guard import from_our_own_page
from service.web.pages import SCRIPTED, page
from service.web.photo_forms import MOST_PHOTOS, UPLOAD_BYTES, with_photo
from service.web.refusal_words import said_to_people

WRITE = "custody:write"
ANOTHER = "another"
"""What the form says for a device that isn't on file yet."""
Asked = NamedDependency[Call[Any]]


class IntakeShown(msgspec.Struct, frozen=True):
    """Everything that the page of taking a device in says."""

    organisation: Organisation
    customer: Customer
    job: Job
    assets: list[Asset]
    contacts: list[Contact]
    photos: list[Photo]
    custody_id: UUID
    photo_id: UUID
    asset_id: UUID
    """All three made before the form is sent, so that a form sent twice is one device taken in once."""


class CounterShown(msgspec.Struct, frozen=True):
    """Everything that the page of the counter says."""

    organisation: Organisation
    customer: Customer
    jobs: list[JobLine]
    sites: list[Site]
    job_id: UUID


@get("/app/customers/{customer_id:uuid}/take-in", opt={"scope": WRITE}, include_in_schema=False)
async def show_counter(customer_id: FromPath[UUID], call: Asked) -> Response[str]:
    """Under which job a device that is brought is taken in: an open one, or a new one."""
    return await counter_page(call, customer_id)


@post("/app/customers/{customer_id:uuid}/take-in", opt={"scope": "jobs:write"}, include_in_schema=False)
async def open_repair(customer_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Opens a job to repair what was brought, and goes on to taking it in."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    opened: JobReceipt | None = None

    async def act() -> None:
        nonlocal opened
        said = {
            "customer_id": customer_id,
            "kind": "repair",
            "site_id": form.get("site"),
            "symptom": form.get("symptom"),
            "id": form.get("id"),
        }
        opened = await call.do(open_job, job=converted(said, NewJob))

    return await acted(
        act,
        to=lambda: f"/app/jobs/{opened.id if opened else ''}/take-in",
        again=lambda refusal: counter_page(call, customer_id, refusal=refusal),
    )


@get("/app/jobs/{job_id:uuid}/take-in", opt={"scope": WRITE}, include_in_schema=False)
async def show_intake(job_id: FromPath[UUID], call: Asked, visit: FromQuery[UUID | None] = None) -> Response[str]:
    """The form: which device, how it is, what comes with it, photos, and room for two signatures."""
    return await intake_page(call, job_id, {"visit": str(visit)} if visit else {})


@post("/app/jobs/{job_id:uuid}/take-in", opt={"scope": WRITE}, include_in_schema=False, request_max_body_size=UPLOAD_BYTES)
async def take_in(job_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Keeps a photo and shows the form again as it was filled in; or takes the device in."""
    from_our_own_page(call.request)
    form, file = await call.request.upload("photo")
    try:
        if file:
            job: Job = await call.ask(find_job, job_id=job_id)
            form = await with_photo(call, form, file, scope_id=job.scope_id)
        if form.get("do") == "photo":
            return await intake_page(call, job_id, form)
        opened = await _take_in(call, job_id, form)
    except Refusal as refusal:
        return await intake_page(call, job_id, form, refusal=refusal)
    return Redirect(f"/app/devices/{opened.id}", status_code=303)


async def _take_in(call: Call[Any], job_id: UUID, form: dict[str, str]) -> CustodyOpened:
    """A device that isn't on file yet is put there first."""
    shown: IntakeShown = await call.ask(look_at_intake, job_id=job_id)
    signed = signed_in(form)
    another = form.get("asset") == ANOTHER
    document = {
        "asset_id": id_in(form.get("new_asset_id")) if another else form.get("asset"),
        "condition": form.get("condition"),
        "photo_ids": [one.id for one in shown.photos if f"shown-{one.id}" in form],
        "id": form.get("id"),
        "visit_id": form.get("visit"),
        "hear_by": moment_in(form.get("hear_by", ""), shown.organisation.zone) or form.get("hear_by"),
        **signed,
    }
    taken = converted(document, NewCustody)
    if another:
        said = {"kind": form.get("kind"), "name": form.get("name"), "serial": form.get("serial"), "id": form.get("new_asset_id")}
        await call.do(add_asset, customer_id=shown.customer.id, asset=converted(said, NewAsset))
    opened: CustodyOpened = await call.do(take_device_in, job_id=job_id, taken=taken)
    return opened


async def look_at_intake(work: Work, *, job_id: UUID) -> IntakeShown:
    """What the form is about, in one snapshot."""
    job = await find_job(work, job_id=job_id)
    photos = [one for one in (await list_photos(work, scope_id=job.scope_id, limit=MOST, cursor=None)).items if not one.erased]
    return IntakeShown(
        organisation=await find_organisation(work),
        customer=await find_customer(work, customer_id=job.customer_id),
        job=job,
        assets=(await list_assets(work, customer_id=job.customer_id, site_id=None, serial=None, limit=MOST, cursor=None)).items,
        contacts=(await list_contacts(work, customer_id=job.customer_id, limit=MOST, cursor=None)).items,
        photos=[one for one in photos if one.shows == "custody"][-MOST_PHOTOS:],
        custody_id=work.new_id(),
        photo_id=work.new_id(),
        asset_id=work.new_id(),
    )


async def intake_page(call: Call[Any], job_id: UUID, form: dict[str, str], *, refusal: Refusal | None = None) -> Response[str]:
    """What was filled in stays where it has to be sent again; only signatures are drawn anew."""
    shown: IntakeShown = await call.ask(look_at_intake, job_id=job_id)
    language = shown.organisation.language
    if form.get("asset") == ANOTHER and form.get("new_asset_id") in {
        str(one.id) for one in shown.assets
    }:  # on file since it was first sent
        form = {**form, "asset": form["new_asset_id"], "new_asset_id": str(shown.asset_id)}
    people = [one.name for one in shown.contacts] or [shown.customer.name]
    return page(
        "intake.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        headers=SCRIPTED,
        organisation=shown.organisation,
        shown=shown,
        form={
            "id": str(shown.custody_id),
            "photo_id": str(shown.photo_id),
            "new_asset_id": str(shown.asset_id),
            "signed_by": people[0],
            "asset": str(shown.job.asset_id or ""),
            **form,
        },
        refused=None if refusal is None else said_to_people(refusal, language=language),
        reference=shown.job.reference,
    )


async def look_at_counter(work: Work, *, customer_id: UUID) -> CounterShown:
    """Who brings something, and what is open for them."""
    jobs = [
        one
        for state in ("open", "in_progress", "work_done")
        for one in (await list_jobs(work, state=state, customer_id=customer_id, reference=None, limit=MOST, cursor=None)).items
    ]
    return CounterShown(
        organisation=await find_organisation(work),
        customer=await find_customer(work, customer_id=customer_id),
        jobs=jobs,
        sites=(await list_sites(work, customer_id=customer_id, limit=MOST, cursor=None)).items,
        job_id=work.new_id(),
    )


async def counter_page(call: Call[Any], customer_id: UUID, *, refusal: Refusal | None = None) -> Response[str]:
    """A refusal is told at its top."""
    shown: CounterShown = await call.ask(look_at_counter, customer_id=customer_id)
    language = shown.organisation.language
    return page(
        "counter.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        shown=shown,
        opens_jobs=call.principal.may("jobs:write"),
        refused=None if refusal is None else said_to_people(refusal, language=language),
        reference=shown.customer.reference,
    )


ROUTES: list[Any] = [show_counter, open_repair, show_intake, take_in]
