"""One box for whatever a customer says of themselves: also the number of an invoice or receipt, what their service is called, or their job."""

from uuid import UUID

from service.billing.bank.candidates import find_invoice_numbered
from service.care.queries import FIND_CUSTOMERS_BY_QUOTED
from service.care.records import Found
from service.customers.finding import MOST_FOUND, find_by_words, tell_found
from service.kit.verbs import Work
from service.subscriptions.subscriptions import list_subscriptions


async def search_customers(work: Work, *, said: str) -> Found:
    """Customers by name, telephone, address, mail, serial number, reference, invoice or receipt number, or the reference of a job or service of theirs, at most 20; a slip in a word is forgiven."""
    said = " ".join(said.split())
    ids: list[UUID] = []
    if "-" in said:
        may = {"of_jobs": work.principal.may("jobs:read"), "of_receipts": work.principal.may("payments:read")}
        ids += await work.all(FIND_CUSTOMERS_BY_QUOTED, quoted=said.upper(), **may)
    if any(one.isdecimal() for one in said) and "@" not in said:
        if work.principal.may("invoices:read") and (invoice := await find_invoice_numbered(work, number=said)):
            ids.append(invoice.customer_id)
        if work.principal.may("subscriptions:read"):
            services = await list_subscriptions(work, customer_id=None, state=None, reference=said, limit=MOST_FOUND, cursor=None)
            ids += [one.customer_id for one in services.items]
    by_words = await find_by_words(work, said=said)
    quoted = [one for one in dict.fromkeys(ids) if one not in by_words]
    return Found(await tell_found(work, customer_ids=[*quoted, *by_words]))
