"""Routes of billing."""

from service.billing.http.invoices import ROUTES as INVOICES
from service.billing.http.payments import ROUTES as PAYMENTS

ROUTES = [*INVOICES, *PAYMENTS]
