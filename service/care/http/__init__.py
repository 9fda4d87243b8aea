"""Routes of care."""

from service.care.http.cases import ROUTES as CASES
from service.care.http.mails import ROUTES as MAILS
from service.care.http.messages import ROUTES as MESSAGES

ROUTES = [*CASES, *MAILS, *MESSAGES]
