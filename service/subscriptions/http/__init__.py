"""Routes of the subscriptions."""

from service.subscriptions.http.incidents import ROUTES as INCIDENTS
from service.subscriptions.http.services import ROUTES as SERVICES

ROUTES = [*SERVICES, *INCIDENTS]
