"""Every route of every room."""

from typing import Any

from service.care.http import ROUTES as CARE
from service.catalogue.http import ROUTES as CATALOGUE
from service.customers.http import ROUTES as CUSTOMERS

ROUTES: list[Any] = [
    *CATALOGUE,
    *CUSTOMERS,
    *CARE,
]
