"""Routes of billing."""

from service.billing.http.attempts import ROUTES as ATTEMPTS
from service.billing.http.bank import ROUTES as BANK
from service.billing.http.cards import ROUTES as CARDS
from service.billing.http.cash import ROUTES as CASH
from service.billing.http.cheques import ROUTES as CHEQUES
from service.billing.http.compensations import ROUTES as COMPENSATIONS
from service.billing.http.credit_notes import ROUTES as CREDIT_NOTES
from service.billing.http.custody import ROUTES as CUSTODY
from service.billing.http.deposits import ROUTES as DEPOSITS
from service.billing.http.disputes import ROUTES as DISPUTES
from service.billing.http.drafts import ROUTES as DRAFTS
from service.billing.http.dunning import ROUTES as DUNNING
from service.billing.http.invoices import ROUTES as INVOICES
from service.billing.http.itemised_bills import ROUTES as ITEMISED_BILLS
from service.billing.http.ledger import ROUTES as LEDGER
from service.billing.http.money_lists import ROUTES as MONEY_LISTS
from service.billing.http.outages import ROUTES as OUTAGES
from service.billing.http.payments import ROUTES as PAYMENTS
from service.billing.http.payouts import ROUTES as PAYOUTS
from service.billing.http.periods import ROUTES as PERIODS
from service.billing.http.readers import ROUTES as READERS
from service.billing.http.receipt_blocks import ROUTES as RECEIPT_BLOCKS
from service.billing.http.refunds import ROUTES as REFUNDS
from service.billing.http.renewals import ROUTES as RENEWALS
from service.billing.http.reports import ROUTES as REPORTS
from service.billing.http.saved_methods import ROUTES as SAVED_METHODS
from service.billing.http.write_offs import ROUTES as WRITE_OFFS

ROUTES = [
    *ATTEMPTS,
    *BANK,
    *CARDS,
    *CASH,
    *COMPENSATIONS,
    *CREDIT_NOTES,
    *CUSTODY,
    *DISPUTES,
    *CHEQUES,
    *DEPOSITS,
    *DRAFTS,
    *DUNNING,
    *INVOICES,
    *ITEMISED_BILLS,
    *LEDGER,
    *MONEY_LISTS,
    *OUTAGES,
    *PAYMENTS,
    *PERIODS,
    *PAYOUTS,
    *READERS,
    *RECEIPT_BLOCKS,
    *REFUNDS,
    *RENEWALS,
    *REPORTS,
    *SAVED_METHODS,
    *WRITE_OFFS,
]
