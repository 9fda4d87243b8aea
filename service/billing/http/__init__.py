"""Routes of billing."""

from service.billing.http.payments import ROUTES as PAYMENTS

ROUTES = [*PAYMENTS]
