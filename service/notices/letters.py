"""What a notice says, read from the truth at the moment it leaves: a letter, or that it needn't be told any more."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from service.authorisations.confirmations import read_code
from service.authorisations.consents import find_consent
from service.authorisations.presentations import find_held, find_presentation
from service.authorisations.questions import find_reply
from service.billing.cash.limits import list_full_hands
from service.billing.dunning.steps import contested_minor_of, why_open_again
from service.billing.outages.outages import outages_told
from service.billing.payments import find_payment, read_customer_account
from service.billing.provider.pay_links import pay_url
from service.billing.saved.charges import find_told_charge, list_planned_charges
from service.billing.saved.methods import LINK_LIVES, list_saved_methods
from service.customers.customers import find_customer
from service.customers.records import Customer
from service.documents.credit_notes import credit_of, read_credit_note
from service.documents.invoices import read_invoice
from service.documents.paying import account_rows
from service.evidence.answers import ANSWERABLE, find_dispute_answer
from service.identity.links import link_token
from service.identity.mail_links import Purpose, mail_token
from service.identity.organisations import find_organisation
from service.kit.paging import MOST
from service.kit.refusals import NotFound
from service.kit.verbs import Work
from service.notices.queries import FORMER_ADDRESS, LIVE_MAIL_LINK, STAFF_ADDRESS
from service.notices.records import Letter, Recipient, Withdrawn

NO_ADDRESS = Withdrawn("no_address")


async def write_receipt(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """Thanks for a payment, unless it was taken back since."""
    try:
        payment = await find_payment(work, payment_id=subject_id)
    except NotFound:
        return Withdrawn("payment_unknown")
    if payment.reversed:
        return Withdrawn("payment_reversed")
    customer = await find_customer(work, customer_id=customer_id)
    paid_on = payment.captured_at.astimezone(ZoneInfo(customer.zone)).date()
    values = {"number": payment.receipt_number, "amount": payment.amount, "method": payment.method, "paid_on": paid_on}
    return await to_customer(work, customer, values)


async def write_invoice(work: Work, *, customer_id: UUID, subject_id: UUID, pay_home: str | None) -> Letter | Withdrawn:
    """What an invoice comes to, by when and how it is paid, with the invoice itself; once nothing of it is open it asks for nothing."""
    told, paper = await read_invoice(work, invoice_id=subject_id, pay_home=pay_home)
    values = {
        "number": told.number,
        "total_minor": told.total_minor,
        "open_minor": told.open_minor,
        "currency": told.currency,
        "due_on": told.due_on,
        "account": account_rows(told),
        "pay_url": pay_url(work, invoice_id=subject_id, home=pay_home),
    }
    letter = await to_customer(work, await find_customer(work, customer_id=customer_id), values)
    return replace(letter, paper=paper)


async def write_credit_note(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """Which invoice was corrected and by how much, what of it is then open and what is the customer's, with the credit note itself."""
    told, paper = await read_credit_note(work, credit_note_id=subject_id)
    values = {
        "number": told.number,
        "invoice_number": told.invoice_number,
        "invoice_issued_on": told.invoice_issued_on,
        "total_minor": told.total_minor,
        "paid": told.paid,
        "credit_minor": credit_of(told),
        "currency": told.currency,
        "outages": await outages_told(work, credit_note_id=subject_id),
    }
    letter = await to_customer(work, await find_customer(work, customer_id=customer_id), values)
    return replace(letter, paper=paper)


async def write_payment_reminder(work: Work, *, customer_id: UUID, subject_id: UUID, pay_home: str | None) -> Letter | Withdrawn:
    """Reminds of an invoice and of what else is overdue, each with its link, unless nothing of it is open any more."""
    customer = await find_customer(work, customer_id=customer_id)
    account = await read_customer_account(work, customer_id=customer_id)
    invoice = next((one for one in account.open_invoices if one.invoice_id == subject_id), None)
    if invoice is None:
        return Withdrawn("paid")
    contested = await contested_minor_of(work, customer_id=customer_id, invoice_id=subject_id)
    told, _ = await read_invoice(work, invoice_id=subject_id)
    values = {
        "number": invoice.number,
        "open_minor": invoice.open_minor,
        "contested_minor": contested,
        "currency": invoice.currency,
        "due_on": invoice.due_on,
        "account": account_rows(told),
        "pay_url": pay_url(work, invoice_id=subject_id, home=pay_home),
        "others": [
            (one, pay_url(work, invoice_id=one.invoice_id, home=pay_home))
            for one in account.open_invoices
            if one.overdue and one.invoice_id != subject_id
        ],
    }
    return await to_customer(work, customer, values)


async def write_payment_reversed(work: Work, *, customer_id: UUID, subject_id: UUID, pay_home: str | None) -> Letter | Withdrawn:
    """That an invoice is open again since a payment didn't hold, unless it is paid by now."""
    letter = await write_payment_reminder(work, customer_id=customer_id, subject_id=subject_id, pay_home=pay_home)
    why = await why_open_again(work, invoice_id=subject_id)
    return letter if isinstance(letter, Withdrawn) else replace(letter, values={**letter.values, "why": why})


async def write_saving_link(work: Work, *, subject_id: UUID, link_id: UUID) -> Letter | Withdrawn:
    """The link to the page on which a customer agrees to be charged and saves a card or an account; its secret is made here and stored nowhere."""
    values = {"token": link_token(work.cursors, link_id), "days": LINK_LIVES.days}
    return await to_customer(work, await find_customer(work, customer_id=subject_id), values)


async def write_portal_link(work: Work, *, subject_id: UUID, link_id: UUID) -> Letter | Withdrawn:
    """The link to everything of theirs; its secret is made here and stored nowhere."""
    return await _to_contact(work, customer_id=subject_id, values={"token": link_token(work.cursors, link_id)})


async def write_charge_notice(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """Which sum will be charged from which day on and by what, unless it isn't planned any more."""
    planned = (await list_planned_charges(work, customer_id=customer_id)).items
    charge = next((one for one in planned if one.invoice_id == subject_id), None)
    methods = (await list_saved_methods(work, customer_id=customer_id, limit=MOST, cursor=None)).items
    method = next((one for one in methods if one.charged), None)
    if charge is None or method is None:
        return Withdrawn("not_planned")
    return await to_customer(work, await find_customer(work, customer_id=customer_id), {"charge": charge, "method": method})


async def write_charge_failed(work: Work, *, subject_id: UUID, link_id: UUID) -> Letter | Withdrawn:
    """That a charge brought nothing and what the customer can do about it, unless it was paid meanwhile."""
    charge = await find_told_charge(work, attempt_id=subject_id)
    account = await read_customer_account(work, customer_id=charge.customer_id)
    if charge.state == "paid" or charge.invoice_id not in {one.invoice_id for one in account.open_invoices}:
        return Withdrawn("paid")
    values = {"charge": charge, "token": link_token(work.cursors, link_id)}
    return await to_customer(work, await find_customer(work, customer_id=charge.customer_id), values)


async def write_consent_copy(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """What somebody agreed to by word of mouth or on a phone handed over, and how to object."""
    values = await _copied(work, authorisation_id=subject_id)
    return await _to_contact(work, customer_id=customer_id, values=values)


async def _copied(work: Work, *, authorisation_id: UUID) -> dict[str, Any]:
    """What the copy of an act says of it."""
    consent = await find_consent(work, authorisation_id=authorisation_id)
    return {
        "consent": consent,
        "handed_over": consent.channel == "on_device",
        "approved": [item for item in consent.items if item.verdict == "approved"],
        "declined": [item for item in consent.items if item.verdict == "declined"],
        "reference": consent.reference,
    }


async def write_question_reply(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """What somebody asked about an offer and what we reply, unless it was erased since."""
    try:
        told = await find_reply(work, question_id=subject_id)
    except NotFound:
        return Withdrawn("erased")
    values = {
        "question": told.question,
        "reply": told.reply,
        "token": link_token(work.cursors, told.link_id) if told.link_id else None,
        "reference": str(told.offer_id)[-12:],
    }
    return await _to_contact(work, customer_id=customer_id, values=values, language=told.language)


async def write_approval_held(
    work: Work, *, customer_id: UUID, contact_id: UUID, subject_id: UUID, former_version: int | None
) -> Letter | Withdrawn:
    """That an approval is held and until when, unless it is in force by now; of what staff had a hand in it is the copy too, so it goes in any case.

    Who is still at the former address hears in any case, and of what, nothing.
    """
    held = await find_held(work, authorisation_id=subject_id)
    copied = held.channel != "link" and former_version is None
    values = {
        "held_until": held.held_until,
        "changed_at": held.contact_since,
        "items": held.items,
        "former": former_version is not None,
        "confirmed": held.confirmed,
        "consent": None,
        "reference": str(held.offer_id)[-12:],
    }
    if copied:
        values |= await _copied(work, authorisation_id=subject_id)
    if former_version is None:
        if held.confirmed and not copied:
            return Withdrawn("confirmed")
        return await _to_contact(work, customer_id=customer_id, values=values, language=held.language)
    recipient = await work.first(FORMER_ADDRESS, customer_id=customer_id, contact_id=contact_id, version=former_version)
    return NO_ADDRESS if recipient is None else await _letter(work, recipient, await find_customer(work, customer_id=customer_id), values)


async def write_offer_link(work: Work, *, customer_id: UUID, subject_id: UUID, link_id: UUID) -> Letter | Withdrawn:
    """The link to an offer's page, unless it was answered, changed or has ended since; its secret is made here and stored nowhere."""
    presentation = await find_presentation(work, presentation_id=subject_id)
    if presentation.state != "open":
        return Withdrawn(presentation.state)
    values = {
        "token": link_token(work.cursors, link_id),
        "expires_at": presentation.expires_at,
        "reference": str(presentation.offer_id)[-12:],
    }
    return await _to_contact(work, customer_id=customer_id, values=values, language=presentation.language, before=presentation.expires_at)


async def write_code(work: Work, *, customer_id: UUID, subject_id: UUID, code_id: UUID) -> Letter | Withdrawn:
    """The code that confirms an answer, unless it is no good any more; made here and stored nowhere."""
    code = await read_code(work, presentation_id=subject_id, code_id=code_id)
    if code is None:
        return Withdrawn("used_or_expired")
    return await _to_contact(work, customer_id=customer_id, values={"code": code})


async def write_to_staff(work: Work, *, staff_id: UUID, mail_link_id: UUID, purpose: Purpose) -> Letter | Withdrawn:
    """An invitation or a new password, unless the link was used or has expired; its secret is made here and stored nowhere."""
    recipient = await work.first(STAFF_ADDRESS, staff_id=staff_id)
    if recipient is None:
        return NO_ADDRESS
    if not await work.one(LIVE_MAIL_LINK, mail_link_id=mail_link_id, staff_id=staff_id):
        return Withdrawn("used_or_expired")
    organisation = await find_organisation(work)
    token = mail_token(work.cursors, purpose=purpose, organisation_id=work.organisation_id, staff_id=staff_id, mail_link_id=mail_link_id)
    values = {"organisation": organisation, "zone": organisation.zone, "token": token}
    return Letter(recipient, organisation.language, values)


async def write_cash_limit_reached(work: Work, *, staff_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """That a colleague holds as much cash as they may and is sent to collect no more, unless they hold less by now."""
    recipient = await work.first(STAFF_ADDRESS, staff_id=staff_id)
    if recipient is None:
        return NO_ADDRESS
    full = await list_full_hands(work, staff_id=subject_id)
    if not full:
        return Withdrawn("below_limit")
    organisation = await find_organisation(work)
    values = {"organisation": organisation, "zone": organisation.zone, "colleague": full[0].name, "limits": full}
    return Letter(recipient, organisation.language, values)


async def write_dispute_due(work: Work, *, staff_id: UUID, subject_id: UUID, crossing: str) -> Letter | Withdrawn:
    """That the evidence of a dispute is to be sent and by when, unless somebody has seen to it, or nothing is taken any more."""
    recipient = await work.first(STAFF_ADDRESS, staff_id=staff_id)
    if recipient is None:
        return NO_ADDRESS
    dispute = await find_dispute_answer(work, dispute_id=subject_id)
    if dispute.answer not in ("none", "asked") or (dispute.answer == "asked" and crossing == "opened"):
        return Withdrawn("answered")
    if dispute.status not in ANSWERABLE or (dispute.due_by and dispute.due_by <= work.at):
        return Withdrawn("not_open")
    organisation = await find_organisation(work)
    customer = await find_customer(work, customer_id=dispute.customer_id)
    due_on = dispute.due_by.astimezone(ZoneInfo(organisation.zone)).date() if dispute.due_by else None
    values = {"organisation": organisation, "zone": organisation.zone, "customer": customer.name, "dispute": dispute, "due_on": due_on}
    return Letter(recipient, organisation.language, values)


async def to_customer(work: Work, customer: Customer, values: dict[str, Any], *, before: datetime | None = None) -> Letter:
    """To whichever of a customer's people there is a way to."""
    return await _letter(work, None, customer, values, before=before)


async def _to_contact(
    work: Work, *, customer_id: UUID, values: dict[str, Any], language: str | None = None, before: datetime | None = None
) -> Letter:
    """To the one of the customer's people whom the notice names, in the customer's language or the one that they were shown something in."""
    customer = await find_customer(work, customer_id=customer_id)
    letter = await _letter(work, None, customer, values, before=before)
    return letter if language is None else replace(letter, language=language)


async def _letter(
    work: Work, recipient: Recipient | None, customer: Customer, values: dict[str, Any], *, before: datetime | None = None
) -> Letter:
    values = {"organisation": await find_organisation(work), "zone": customer.zone, "reference": customer.quote, **values}
    return Letter(recipient, customer.language, values, before=before)
