"""The board: a day of all technicians, for whoever plans it."""

from service.web.board.acts import ROUTES as ACTS
from service.web.board.changes import ROUTES as CHANGES
from service.web.board.pages import ROUTES as PAGES
from service.web.board.plans import ROUTES as PLANS

ROUTES = [*PAGES, *ACTS, *CHANGES, *PLANS]
