"""Every route of every room."""

from typing import Any

from service.authorisations.http import ROUTES as AUTHORISATIONS
from service.billing.http import ROUTES as BILLING
from service.care.http import ROUTES as CARE
from service.catalogue.http import ROUTES as CATALOGUE
from service.customers.http import ROUTES as CUSTOMERS
from service.dispatch.http import ROUTES as DISPATCH
from service.documents.http import ROUTES as DOCUMENTS
from service.evidence.http import ROUTES as EVIDENCE
from service.identity.http import ROUTES as IDENTITY
from service.kit.facts.http import ROUTES as FACTS
from service.kit.seals.http import ROUTES as SEALS
from service.kit.tasks.http import ROUTES as TASKS
from service.notices.http import ROUTES as NOTICES
from service.promises.http import ROUTES as PROMISES
from service.subscriptions.http import ROUTES as SUBSCRIPTIONS
from service.web.http import ROUTES as WEB
from service.webhooks.http import ROUTES as WEBHOOKS

ROUTES: list[Any] = [
    *AUTHORISATIONS,
    *BILLING,
    *CARE,
    *CATALOGUE,
    *CUSTOMERS,
    *DISPATCH,
    *DOCUMENTS,
    *EVIDENCE,
    *FACTS,
    *IDENTITY,
    *NOTICES,
    *PROMISES,
    *SEALS,
    *SUBSCRIPTIONS,
    *TASKS,
    *WEB,
    *WEBHOOKS,
]
