"""Routes of billing."""

from service.billing.http.invoices import ROUTES as INVOICES
from service.billing.http.payments import ROUTES as PAYMENTS
from service.billing.http.renewals import ROUTES as RENEWALS

ROUTES = [*INVOICES, *PAYMENTS, *RENEWALS]
