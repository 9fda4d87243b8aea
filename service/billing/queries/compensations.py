"""Compensation."""

from uuid import UUID

from service.billing.queries import SQL
from service.billing.records.compensations import (
    Appointment,
    Compensation,
    CompensationPolicy,
    CompensationPolicySet,
    CompensationReceipt,
    CompensationReversed,
    LookedInVain,
    OutageToJudge,
)

SET_COMPENSATION_POLICY = SQL.verb("set_compensation_policy", CompensationPolicySet)
COMPENSATION_POLICY = SQL.query("compensation_policy", CompensationPolicy)
COMPENSATION_OF_OUTAGE = SQL.query("compensation_of_outage", CompensationReceipt)
COMPENSATION_OF_PROMISE = SQL.query("compensation_of_promise", CompensationReceipt)
COMPENSATE = SQL.verb("compensate", CompensationReceipt)
LOOK_IN_VAIN = SQL.verb("look_in_vain", LookedInVain)
TAKE_COMPENSATION_BACK = SQL.verb("take_compensation_back", CompensationReversed)
LIST_COMPENSATIONS = SQL.query("list_compensations", Compensation)
COMPENSATIONS_OF_CUSTOMER = SQL.query("compensations_of_customer", Compensation)
OUTAGES_TO_COMPENSATE = SQL.query("outages_to_compensate", UUID)
MISSED_APPOINTMENTS = SQL.query("missed_appointments", UUID)
LATEST_COMPENSATIONS = SQL.query("latest_compensations", Compensation)
FIND_COMPENSATION = SQL.query("find_compensation", Compensation)
OUTAGE_TO_JUDGE = SQL.query("outage_to_judge", OutageToJudge)
OUTAGES_TO_JUDGE = SQL.query("outages_to_judge", OutageToJudge)
APPOINTMENT_TO_JUDGE = SQL.query("appointment_to_judge", Appointment)
APPOINTMENTS_TO_JUDGE = SQL.query("appointments_to_judge", Appointment)
