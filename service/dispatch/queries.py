"""The room's statements and the records they return."""

from datetime import datetime
from uuid import UUID

from service.dispatch.records import (
    Absence,
    AbsenceReceipt,
    AllPlaced,
    ArrivalsTold,
    BoardDay,
    BoardTechnician,
    CalendarEnded,
    CalendarOf,
    CalendarReceipt,
    CalendarVisit,
    CustomerPreference,
    DayNow,
    DayRow,
    FoundByCustomer,
    FreeHand,
    Hand,
    HandedOver,
    Handing,
    Job,
    JobEnded,
    JobLine,
    JobParts,
    JobReceipt,
    LegOfPair,
    LegsFrom,
    LegsKept,
    Matter,
    Overrun,
    PastLeg,
    PlaceAhead,
    Placed,
    PlacedVisit,
    PlacesFound,
    Plan,
    PlanLine,
    PlanningProfileFound,
    PlanPublished,
    PlanReceipt,
    PlanTaken,
    PlanTechnician,
    PlanWaiting,
    PositionsForgotten,
    PositionsKept,
    RestFound,
    SaidLate,
    ShiftDay,
    ShiftsReceipt,
    Sought,
    StaffAddress,
    Stepped,
    Technician,
    TechnicianReceipt,
    ToldArrival,
    TravelSpeedsFound,
    TravelSpeedsReceipt,
    UnfinishedVisit,
    VisitFound,
    VisitListed,
    VisitPlaces,
    WaitingJob,
)
from service.dispatch.records.choices import Choice, ChoiceLinkReceipt, ChoicePolicyFound, ChoicePolicyReceipt, Chosen
from service.dispatch.records.jobs import PartsSaid
from service.dispatch.records.partners import BroughtBefore, BroughtFactRow, BroughtFound, BroughtLine, BroughtReceipt, BroughtVisit
from service.dispatch.records.series import Booker, KnownOccurrence, Opened, Resolved, Series, SeriesReceipt, Skipped
from service.dispatch.records.shown_plans import PlanName, PlannedJob
from service.dispatch.records.slots import LegsOfSite, LegsThrough
from service.dispatch.records.waits import VisitToLetGo, VisitToWait, VisitWaiting, WaitingVisit
from service.kit import sql
from service.kit.facts.records import Position

SQL = sql.room(__package__)

ADD_TECHNICIAN = SQL.verb("add_technician", TechnicianReceipt)
CHANGE_TECHNICIAN = SQL.verb("change_technician", TechnicianReceipt)
TECHNICIANS_BY_EMAIL = SQL.query("technicians_by_email", StaffAddress)
SHIFTS_OF_TECHNICIANS = SQL.query("shifts_of_technicians", ShiftDay)
STAFF_BY_EMAIL = SQL.query("staff_by_email", StaffAddress)
FIND_TECHNICIAN = SQL.query("find_technician", Technician)
LIST_TECHNICIANS = SQL.query("list_technicians", Technician)
PLAN_TECHNICIAN = SQL.verb("plan_technician", TechnicianReceipt)
FIND_PROFILE = SQL.query("find_profile", PlanningProfileFound)
PREFER_TECHNICIAN = SQL.verb("prefer_technician", CustomerPreference)
FIND_PREFERENCE = SQL.query("find_preference", CustomerPreference)
ADD_SHIFTS = SQL.verb("add_shifts", ShiftsReceipt)
ADD_ABSENCE = SQL.verb("add_absence", AbsenceReceipt)
CANCEL_ABSENCE = SQL.verb("cancel_absence", AbsenceReceipt)
LIST_ABSENCES = SQL.query("list_absences", Absence)
FIND_DAY = SQL.query("find_day", DayRow)

OPEN_JOB = SQL.verb("open_job", JobReceipt)
END_JOB = SQL.verb("end_job", JobEnded)
NEED_VISITS = SQL.verb("need_visits", JobParts)
FIND_MATTER = SQL.query("find_matter", Matter)
FIND_JOB = SQL.query("find_job", Job)
LIST_JOBS = SQL.query("list_jobs", JobLine)

BEGIN_SERIES = SQL.verb("begin_series", SeriesReceipt)
STEP_SERIES = SQL.verb("step_series", SeriesReceipt)
SKIP_OCCURRENCE = SQL.verb("skip_occurrence", Skipped)
OPEN_OCCURRENCE = SQL.verb("open_occurrence", Opened)
LEAVE_UNBOOKED = SQL.verb("leave_unbooked", Opened)
FIND_SERIES = SQL.query("find_series", Series)
LIST_SERIES = SQL.query("list_series", Series)
OCCURRENCES_KNOWN = SQL.query("occurrences_known", KnownOccurrence)
INSTANTS_OF = SQL.query("instants_of", Resolved)
SERIES_OF_JOB = SQL.query("series_of_job", Booker)

FIND_SOUGHT = SQL.query("find_sought", Sought)
FIND_HANDS = SQL.query("find_hands", Hand)
FIND_LEGS_OF_SITE = SQL.query("find_legs_of_site", LegsOfSite)
FIND_LEGS_THROUGH = SQL.query("find_legs_through", LegsThrough)
FIND_VISIT_PLACES = SQL.query("find_visit_places", VisitPlaces)
PLACE_VISIT = SQL.verb("place_visit", Placed)
BOOK_VISITS = SQL.verb("book_visits", AllPlaced)
BOOK_HOLD = SQL.verb("book_hold", Placed)
MOVE_VISIT = SQL.verb("move_visit", Placed)

STEP_VISIT = SQL.verb("step_visit", Stepped)
FIND_VISITS = SQL.query("find_visits", VisitFound)
LIST_VISITS = SQL.query("list_visits", VisitListed)

BOARD_DAY = SQL.query("board_day", BoardDay)
BOARD_TECHNICIANS = SQL.query("board_technicians", BoardTechnician)
BOARD_VISITS = SQL.query("board_visits", PlacedVisit)
BOARD_UNFINISHED = SQL.query("board_unfinished", UnfinishedVisit)
BOARD_UNASSIGNED = SQL.query("board_unassigned", WaitingJob)
FIND_PLACES = SQL.query("find_places", PlacesFound)
FIND_DAYS_ON = SQL.query("find_days_on", datetime)
FIND_ALONG = SQL.query("find_along", FreeHand)

LEGS_FROM = SQL.query("legs_from", LegsFrom)
LEGS_OF_PAIRS = SQL.query("legs_of_pairs", LegOfPair)
KEEP_LEGS = SQL.verb("keep_legs", LegsKept)
DROP_LEGS = SQL.verb("drop_legs", LegsKept)
PLACES_AHEAD = SQL.query("places_ahead", PlaceAhead)
PAST_LEGS = SQL.query("past_legs", PastLeg)
FIND_TRAVEL_SPEEDS = SQL.query("find_travel_speeds", TravelSpeedsFound)
SET_TRAVEL_SPEEDS = SQL.verb("set_travel_speeds", TravelSpeedsReceipt)

RENEW_CALENDAR = SQL.verb("renew_calendar", CalendarReceipt)
END_CALENDAR = SQL.verb("end_calendar", CalendarEnded)
FIND_CALENDAR = SQL.query("find_calendar", CalendarReceipt)
CALENDAR_OF = SQL.query("calendar_of", CalendarOf)
CALENDAR_VISITS = SQL.query("calendar_visits", CalendarVisit)

ASK_PLAN = SQL.verb("ask_plan", PlanReceipt)
STEP_PLAN = SQL.verb("step_plan", PlanReceipt)
PROPOSE_PLAN = SQL.verb("propose_plan", PlanReceipt)
PUBLISH_PLAN = SQL.verb("publish_plan", PlanPublished)
FIND_PLAN = SQL.query("find_plan", Plan)
LIST_PLANS = SQL.query("list_plans", PlanLine)
PLAN_TECHNICIANS = SQL.query("plan_technicians", PlanTechnician)
PLAN_TAKEN = SQL.query("plan_taken", PlanTaken)
PLAN_WAITING = SQL.query("plan_waiting", PlanWaiting)
PLANS_OF_DAY = SQL.query("plans_of_day", PlanReceipt)
PLANNED_JOBS = SQL.query("planned_jobs", PlannedJob)
PLAN_NAMES = SQL.query("plan_names", PlanName)

TELL_POSITIONS = SQL.verb("tell_positions", PositionsKept)
DAYS_NOW = SQL.query("days_now", DayNow)
FORGET_POSITIONS = SQL.verb("forget_positions", PositionsForgotten)
SET_CHOICE_POLICY = SQL.verb("set_choice_policy", ChoicePolicyReceipt)
FIND_CHOICE_POLICY = SQL.query("find_choice_policy", ChoicePolicyFound)
MAKE_CHOICE_LINK = SQL.verb("make_choice_link", ChoiceLinkReceipt)
FIND_CHOICE = SQL.query("find_choice", Choice)
CHOOSE = SQL.verb("choose", Chosen)
BRING_JOB = SQL.verb("bring_job", BroughtReceipt)
FIND_BROUGHT_BEFORE = SQL.query("find_brought_before", BroughtBefore)
FIND_BROUGHT_PLACE = SQL.query("find_brought_place", BroughtBefore)
FIND_BROUGHT_OF_VISIT = SQL.query("find_brought_of_visit", BroughtBefore)
FIND_BROUGHT = SQL.query("find_brought", BroughtFound)
LIST_BROUGHT = SQL.query("list_brought", BroughtLine)
FIND_PARTNERS_START = SQL.query("find_partners_start", Position)
FOLLOW_BROUGHT = SQL.query("follow_brought", BroughtFactRow)
TELL_PARTNER = SQL.verb("tell_partner", BroughtVisit)
TELL_ARRIVALS = SQL.verb("tell_arrivals", ArrivalsTold)
FIND_TOLD_ARRIVAL = SQL.query("find_told_arrival", ToldArrival)
VISITS_OF_CUSTOMER = SQL.query("visits_of_customer", FoundByCustomer)
SAY_LATE = SQL.verb("say_late", SaidLate)
FIND_OVERRUNS = SQL.query("find_overruns", UUID)
GROW_OVERRUNS = SQL.verb("grow_overruns", Overrun)
HAND_OVER_VISITS = SQL.verb("hand_over_visits", HandedOver)
FIND_GOING = SQL.query("find_going", UUID)
FIND_REST_OF_DAY = SQL.query("find_rest_of_day", RestFound)
FIND_BREAKS_TAKEN = SQL.query("find_breaks_taken", Handing)
WAIT_FOR_PARTS = SQL.verb("wait_for_parts", PartsSaid)
VISITS_TO_WAIT = SQL.query("visits_to_wait", VisitToWait)
HAVE_VISIT_WAIT = SQL.verb("have_visit_wait", VisitWaiting)
VISITS_TO_LET_GO = SQL.query("visits_to_let_go", VisitToLetGo)
LET_VISIT_GO = SQL.verb("let_visit_go", VisitWaiting)
LIST_WAITING_VISITS = SQL.query("list_waiting_visits", WaitingVisit)
