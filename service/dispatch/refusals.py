"""Refusals that several of the room's verbs share."""

from datetime import timedelta

from service.kit.refusals import Refusal

CLOCK_SKEW = timedelta(minutes=5)
"""How far ahead a device's clock may go."""


class SlotTaken(Refusal):
    """Somebody else has that technician's time."""

    code, status, remedy = "SLOT_TAKEN", 409, "Take one of the next best in `slots` where the answer has them, or ask for the job's slots."
    constraints = ("dispatch.nobody_in_two_places",)


class OutsideShift(Refusal):
    """The technician doesn't work then for as long as the job takes."""

    code, status, remedy = "OUTSIDE_SHIFT", 409, "Take one of the next best in `slots` where the answer has them, or add a shift."


class NoTimeForBreak(Refusal):
    """The technician's break, which begins in a window of the shift, would find no room any more."""

    code, status, remedy = (
        "NO_TIME_FOR_BREAK",
        409,
        "Take one of the next best in `slots` where the answer has them, or a time that leaves the break its room.",
    )


class SlotPast(Refusal):
    """That time has passed."""

    code, status, remedy = "SLOT_PAST", 409, "Choose a time to come."


class BeforeParts(Refusal):
    """The parts that the job waits for aren't there by then."""

    code, status, remedy = "BEFORE_PARTS", 409, "Choose a later time, or say anew when they are there (`POST /v1/jobs/{job_id}/parts`)."


class SkillMissing(Refusal):
    """The technician lacks a skill that the job needs."""

    code, status, remedy = "SKILL_MISSING", 409, "Ask for the job's slots: they name technicians who have it."


class CashNotAllowed(Refusal):
    """The technician may not take cash."""

    code, status, remedy = "CASH_NOT_ALLOWED", 409, "Ask for the job's slots: they name those who may."


class CashLimitReached(Refusal):
    """The technician holds as much cash as they may."""

    code, status, remedy = (
        "CASH_LIMIT_REACHED",
        409,
        "Ask for the job's slots: they name others; or have the technician hand in what they hold.",
    )


class TechnicianUnknown(Refusal):
    """There is no such technician at work."""

    code, status, remedy = "TECHNICIAN_UNKNOWN", 422, "Name a technician who is active."
    constraints = ("dispatch.job_prefers_technician", "dispatch.preference_for_technician", "dispatch.series_goes_by_technician")


class CrewNotWhole(Refusal):
    """The job needs another number of different people."""

    code, status, remedy = "CREW_NOT_WHOLE", 422, "Name who leads, and so many others in `crew` that `crew_size` different people go."
    constraints = ("dispatch.crew_is_whole", "dispatch.one_place_a_member")


class JobNotOpen(Refusal):
    """The job takes no more visits."""

    code, status, remedy = "JOB_NOT_OPEN", 409, "Open a new job for what is still to be done."


class HoldGone(Refusal):
    """This hold was booked, released, or ran out and was given to somebody else."""

    code, status, remedy = "HOLD_GONE", 409, "Read the visit; if it is cancelled, ask for slots and hold another."


class VisitWaits(Refusal):
    """This visit waits for an incident to end, which explains what it is for."""

    code, status, remedy = (
        "VISIT_WAITS",
        409,
        "Leave it until the incident is over, or have it go ahead (`POST /v1/visits/{visit_id}/go-ahead`).",
    )


class VisitNotInState(Refusal):
    """The visit's present state doesn't allow this."""

    code, status, remedy = "VISIT_NOT_IN_STATE", 409, "Read the visit and act on its present `state`."
    constraints = ("dispatch.visit_moves_as_declared", "dispatch.visit_step_follows", "dispatch.one_visit_step_a_number")


class NotYourVisit(Refusal):
    """This visit is another technician's."""

    code, status, remedy = "NOT_YOUR_VISIT", 403, "Ask dispatch to move the visit to you."


class WorkNotAuthorised(Refusal):
    """The customer hasn't authorised this work, so it can't start."""

    code, status, remedy = (
        "WORK_NOT_AUTHORISED",
        409,
        "Offer it, have the customer approve it, and start the approved items; `items` says what each one lacks.",
    )
    constraints = ("dispatch.started_item_is_authorised",)


class CapturedInFuture(Refusal):
    """The device says this happened later than now."""

    code, status, remedy = "CAPTURED_IN_FUTURE", 422, "Set the device's clock, and send the time at which it happened."
    constraints = ("dispatch.position_is_of_the_past",)
