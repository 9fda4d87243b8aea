"""Time without service."""

from uuid import UUID

from service.billing.queries import SQL
from service.billing.records.outages import (
    CreditedPeriod,
    IncidentToGive,
    KnownSpan,
    Outage,
    OutageOrder,
    OutagePolicy,
    OutagePolicySet,
    OutageReceipt,
    ServiceStep,
    ToldOutage,
)

SET_OUTAGE_POLICY = SQL.verb("set_outage_policy", OutagePolicySet)
OUTAGE_POLICY = SQL.query("outage_policy", OutagePolicy)
OUTAGE_SPANS = SQL.query("outage_spans", KnownSpan)
SERVICE_STEPS = SQL.query("service_steps", ServiceStep)
CREDITED_PERIODS = SQL.query("credited_periods", CreditedPeriod)
FIND_OUTAGE = SQL.query("find_outage", Outage)
OUTAGE_OF_INCIDENT = SQL.query("outage_of_incident", Outage)
LIST_OUTAGES = SQL.query("list_outages", Outage)
NOTE_OUTAGE = SQL.verb("note_outage", OutageReceipt)
ORDER_OUTAGE_CREDITS = SQL.verb("order_outage_credits", OutageOrder)
OUTAGE_CREDITS_GIVEN = SQL.verb("outage_credits_given", OutageOrder)
FIND_OUTAGE_ORDER = SQL.query("find_outage_order", OutageOrder)
OUTAGE_ORDERS_TO_DO = SQL.query("outage_orders_to_do", IncidentToGive)
INCIDENTS_TO_ORDER = SQL.query("incidents_to_order", IncidentToGive)
BILLED_AFTER_OUTAGE = SQL.query("billed_after_outage", UUID)
TOLD_OUTAGES = SQL.query("told_outages", ToldOutage)
