"""Routes of care."""

from service.care.http.cases import ROUTES as CASES
from service.care.http.custody import ROUTES as CUSTODY
from service.care.http.loaners import ROUTES as LOANERS
from service.care.http.mails import ROUTES as MAILS
from service.care.http.messages import ROUTES as MESSAGES
from service.care.http.objections import ROUTES as OBJECTIONS
from service.care.http.portal import ROUTES as PORTAL
from service.care.http.public import ROUTES as PUBLIC
from service.care.http.texts import ROUTES as TEXTS

ROUTES = [*CASES, *CUSTODY, *LOANERS, *MAILS, *MESSAGES, *OBJECTIONS, *PORTAL, *PUBLIC, *TEXTS]
