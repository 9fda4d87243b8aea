"""How the board says why something can't be placed, and what else takes somebody's time."""

from service.kit.words import marked

WHY_NOT = {
    "SLOT_TAKEN": marked("This time is taken."),
    "OUTSIDE_SHIFT": marked("That isn’t within the shift."),
    "NO_TIME_FOR_BREAK": marked("It would leave no time for the break."),
    "SLOT_PAST": marked("This time has passed."),
    "BEFORE_PARTS": marked("The parts for it aren't there by then."),
    "SKILL_MISSING": marked("They lack a skill that the job needs."),
    "CASH_NOT_ALLOWED": marked("They may not take cash."),
    "CASH_LIMIT_REACHED": marked("They hold as much cash as they may."),
    "TECHNICIAN_UNKNOWN": marked("They work here no more."),
    "JOB_NOT_OPEN": marked("The job takes no more visits."),
    "VISIT_NOT_IN_STATE": marked("Only what is booked, and nobody has set out for, can be moved."),
    "CREW_NOT_WHOLE": marked("It takes several people, each of them once."),
    "HOLD_GONE": marked("The hold was booked, let go, or ran out."),
}
"""By the code that the verb would refuse with; `OTHERWISE` for any other."""
OTHERWISE = marked("It can’t be placed there.")

TAKEN = {"break": marked("Break"), "absence": marked("Away")}

RISKS = {
    "late": marked("Late: nobody is there"),
    "behind": marked("Will be late: more to do before than is left"),
    "soon": marked("Ends soon, nobody has set out"),
}
"""What becomes of a promised window as things stand."""

LEFT_OUT = {
    "NO_SKILL": marked("Nobody who comes has the skill."),
    "NO_SHIFT": marked("Nobody who may go works then."),
    "TOO_FAR": marked("It is too far for everybody who comes."),
    "FULL": marked("Everybody who may go is busy."),
    "NOT_WAITING": marked("Somebody goes there already, or it is over."),
    "BEFORE_PARTS": marked("The parts for it aren't there by then."),
    "NO_CREW": marked("It takes several people, and never are so many of them free together."),
}
"""Why a plan finds no place for something."""

TOLD_BY = {"phone": marked("by phone"), "email": marked("by mail"), "sms": marked("by text message"), "in_person": marked("in person")}
"""How a customer is told of a window."""

WHY_HANDED = {
    "ill": marked("They are ill"),
    "vehicle": marked("Something is wrong with the van"),
    "behind": marked("They have too much to do"),
    "something_else": marked("Something else"),
}
"""Why others go instead, by the code that is kept."""
