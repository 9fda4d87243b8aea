"""Routes of the subscriptions."""

from service.subscriptions.http.incidents import ROUTES as INCIDENTS
from service.subscriptions.http.subscriptions import ROUTES as SUBSCRIPTIONS

ROUTES = [*SUBSCRIPTIONS, *INCIDENTS]
