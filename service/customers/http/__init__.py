"""Routes of the customers, their contacts, sites and assets."""

from typing import Any

from service.customers.http.assets import ROUTES as ASSETS
from service.customers.http.contacts import ROUTES as CONTACTS
from service.customers.http.customers import ROUTES as CUSTOMERS
from service.customers.http.sites import ROUTES as SITES

ROUTES: list[Any] = [*CUSTOMERS, *CONTACTS, *SITES, *ASSETS]
