"""What this room sends and receives."""

from service.dispatch.records.common import JobKind, JobState, Place, Reach, Skill, Via
from service.dispatch.records.jobs import Job, JobEnded, JobLine, JobReceipt, Matter, NewJob, Reference
from service.dispatch.records.slots import BookHold, Booking, Hold, Move, Placed, Slots, SlotsAsked
from service.dispatch.records.technicians import (
    AbsenceReceipt,
    Break,
    ChangedTechnician,
    NewAbsence,
    NewShifts,
    NewTechnician,
    ShiftsReceipt,
    Technician,
    TechnicianReceipt,
)
from service.dispatch.records.visits import Act, ActWithReason, Cancel, Day, DayRow, StaffAddress, Start, Stepped, Visit

__all__ = [
    "AbsenceReceipt",
    "Act",
    "ActWithReason",
    "BookHold",
    "Booking",
    "Break",
    "Cancel",
    "ChangedTechnician",
    "Day",
    "DayRow",
    "Hold",
    "Job",
    "JobEnded",
    "JobKind",
    "JobLine",
    "JobReceipt",
    "JobState",
    "Matter",
    "Move",
    "NewAbsence",
    "NewJob",
    "NewShifts",
    "NewTechnician",
    "Place",
    "Placed",
    "Reach",
    "Reference",
    "ShiftsReceipt",
    "Skill",
    "Slots",
    "SlotsAsked",
    "StaffAddress",
    "Start",
    "Stepped",
    "Technician",
    "TechnicianReceipt",
    "Via",
    "Visit",
]
