"""Every page, and what they load from us."""

from pathlib import Path
from typing import Any

from litestar import Request
from litestar.static_files import create_static_files_router

from service.kit.refusals import NotFound
from service.web.approval import ROUTES as APPROVAL
from service.web.arrears import ROUTES as ARREARS
from service.web.bank import ROUTES as BANK
from service.web.bench import ROUTES as BENCH
from service.web.board import ROUTES as BOARD
from service.web.books import ROUTES as BOOKS
from service.web.branding import ROUTES as BRANDING
from service.web.calendars import ROUTES as CALENDARS
from service.web.cases import ROUTES as CASES
from service.web.cash import ROUTES as CASH
from service.web.cheques import ROUTES as CHEQUES
from service.web.choice import ROUTES as CHOICE
from service.web.clock import ROUTES as CLOCK
from service.web.compensations import ROUTES as COMPENSATIONS
from service.web.contact import ROUTES as CONTACT
from service.web.customers import ROUTES as CUSTOMERS
from service.web.day import ROUTES as DAY
from service.web.deposits import ROUTES as DEPOSITS
from service.web.devices import ROUTES as DEVICES
from service.web.draft import ROUTES as DRAFT
from service.web.feed import ROUTES as FEED
from service.web.incidents import ROUTES as INCIDENTS
from service.web.intake import ROUTES as INTAKE
from service.web.live import ROUTES as LIVE
from service.web.loaners import ROUTES as LOANERS
from service.web.mail_addresses import ROUTES as MAIL_ADDRESSES
from service.web.money import ROUTES as MONEY
from service.web.objections import ROUTES as OBJECTIONS
from service.web.office import ROUTES as OFFICE
from service.web.owed import ROUTES as OWED
from service.web.paid import ROUTES as PAID
from service.web.papers import ROUTES as PAPERS
from service.web.passwords import ROUTES as PASSWORDS
from service.web.pay import ROUTES as PAY
from service.web.photos import ROUTES as PHOTOS
from service.web.portal import ROUTES as PORTAL
from service.web.portal_ask import ROUTES as PORTAL_ASK
from service.web.portal_devices import ROUTES as PORTAL_DEVICES
from service.web.portal_words import ROUTES as PORTAL_WORDS
from service.web.previews import ROUTES as PREVIEWS
from service.web.promises import ROUTES as PROMISES
from service.web.public import ROUTES as PUBLIC
from service.web.reach import ROUTES as REACH
from service.web.refunds import ROUTES as REFUNDS
from service.web.refused_cash import ROUTES as REFUSED_CASH
from service.web.reports import ROUTES as REPORTS
from service.web.saved_method import ROUTES as SAVED_METHOD
from service.web.sessions import ROUTES as SESSIONS
from service.web.settlements import ROUTES as SETTLEMENTS
from service.web.status import ROUTES as STATUS
from service.web.stop import ROUTES as STOP
from service.web.stray_mails import ROUTES as STRAY_MAILS
from service.web.timeline import ROUTES as TIMELINE
from service.web.visits import ROUTES as VISITS
from service.web.waiting_visits import ROUTES as WAITING_VISITS
from service.web.webhooks import ROUTES as WEBHOOKS
from service.web.write_offs import ROUTES as WRITE_OFFS

_FOLDER = Path(__file__).parent / "static"
_FILES = frozenset(file.name for file in _FOLDER.iterdir())


def _one_of_ours(request: Request[Any, Any, Any]) -> None:
    """Raises NotFound for a name that no file of ours has: the file system isn't asked about names that it can't hold."""
    if request.url.path.removeprefix("/static/") not in _FILES:
        raise NotFound


_STATIC = create_static_files_router("/static", [_FOLDER], opt={"scope": None}, include_in_schema=False, before_request=_one_of_ours)

ROUTES: list[Any] = [
    *APPROVAL,
    *ARREARS,
    *BANK,
    *BOARD,
    *BOOKS,
    *BRANDING,
    *CALENDARS,
    *BENCH,
    *CASES,
    *STRAY_MAILS,
    *CASH,
    *CHEQUES,
    *CHOICE,
    *CLOCK,
    *COMPENSATIONS,
    *CONTACT,
    *CUSTOMERS,
    *DEPOSITS,
    *DAY,
    *DEVICES,
    *DRAFT,
    *FEED,
    *INCIDENTS,
    *INTAKE,
    *LIVE,
    *LOANERS,
    *MAIL_ADDRESSES,
    *MONEY,
    *OBJECTIONS,
    *OFFICE,
    *OWED,
    *PAID,
    *PAPERS,
    *PASSWORDS,
    *PAY,
    *PHOTOS,
    *PORTAL,
    *PORTAL_ASK,
    *PORTAL_DEVICES,
    *PORTAL_WORDS,
    *PREVIEWS,
    *PROMISES,
    *PUBLIC,
    *REACH,
    *SETTLEMENTS,
    *STATUS,
    *STOP,
    *REFUSED_CASH,
    *REFUNDS,
    *REPORTS,
    *SAVED_METHOD,
    *SESSIONS,
    *TIMELINE,
    *VISITS,
    *WAITING_VISITS,
    *WEBHOOKS,
    *WRITE_OFFS,
    _STATIC,
]
