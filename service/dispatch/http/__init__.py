"""Routes of dispatch."""

from service.dispatch.http.absences import ROUTES as ABSENCES
from service.dispatch.http.board import ROUTES as BOARD
from service.dispatch.http.calendars import ROUTES as CALENDARS
from service.dispatch.http.choices import ROUTES as CHOICES
from service.dispatch.http.jobs import ROUTES as JOBS
from service.dispatch.http.live import ROUTES as LIVE
from service.dispatch.http.partners import ROUTES as PARTNERS
from service.dispatch.http.plans import ROUTES as PLANS
from service.dispatch.http.profiles import ROUTES as PROFILES
from service.dispatch.http.readings import ROUTES as READINGS
from service.dispatch.http.series import ROUTES as SERIES
from service.dispatch.http.slots import ROUTES as SLOTS
from service.dispatch.http.technicians import ROUTES as TECHNICIANS
from service.dispatch.http.travel import ROUTES as TRAVEL
from service.dispatch.http.visits import ROUTES as VISITS
from service.dispatch.http.waits import ROUTES as WAITS

ROUTES = [
    *TECHNICIANS,
    *PROFILES,
    *TRAVEL,
    *CALENDARS,
    *ABSENCES,
    *JOBS,
    *READINGS,
    *SERIES,
    *SLOTS,
    *CHOICES,
    *PARTNERS,
    *VISITS,
    *WAITS,
    *BOARD,
    *PLANS,
    *LIVE,
]
