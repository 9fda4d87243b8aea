"""One box for whatever a customer says of themselves: also the number of an invoice or receipt, what their service is called, or their job."""

from uuid import UUID

from service.billing.bank.candidates import find_invoice_numbered
from service.care.queries import FIND_CUSTOMERS_BY_QUOTED
from service.care.records import Found
from service.customers.finding import find_by_words, tell_found
from service.kit.verbs import Work


async def search_customers(work: Work, *, said: str) -> Found:
    """Customers by name, telephone, address, mail, serial number, reference, invoice or receipt number, or the reference of a job or service of theirs, at most 20; a slip in a word is forgiven."""
    said = " ".join(said.split())
    ids: list[UUID] = []
    digits, letters = sum(map(str.isdecimal, said)), sum(map(str.isalpha, said))
    if "-" in said or (digits and "@" not in said):
        may = {"of_jobs": "jobs:read", "of_receipts": "payments:read", "of_services": "subscriptions:read"}
        seen = {kind: work.principal.may(scope) for kind, scope in may.items()}
        ids += await work.all(FIND_CUSTOMERS_BY_QUOTED, quoted=said.upper(), said=said, **seen)
    if digits and said[0] != "+" and ("-" in said or digits >= letters) and work.principal.may("invoices:read"):
        invoice = await find_invoice_numbered(work, number=said)
        ids += [] if invoice is None else [invoice.customer_id]
    by_words = await find_by_words(work, said=said)
    quoted = [one for one in dict.fromkeys(ids) if one not in by_words]
    return Found(await tell_found(work, customer_ids=[*quoted, *by_words]))
