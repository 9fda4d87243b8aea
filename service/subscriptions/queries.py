"""The room's statements and the records they return."""

from uuid import UUID

from service.kit import sql
from service.subscriptions.records import (
    LapsingFound,
    NextPeriod,
    Period,
    RenewalCall,
    RenewalCallReceipt,
    ServiceState,
    Subscription,
    SubscriptionReceipt,
    SubscriptionState,
    SubscriptionStep,
)
from service.subscriptions.records.fault_reports import FaultReport, FaultReported
from service.subscriptions.records.incidents import (
    CalledService,
    Incident,
    IncidentReceipt,
    IncidentService,
    IncidentTold,
    IncidentToTell,
    KnownIncident,
    Tagged,
)
from service.subscriptions.records.network import (
    NetworkDifference,
    NewestOrder,
    ObservationReceipt,
    OrderedAgain,
    OrderSettled,
    ProvisioningOrder,
    WantedService,
)
from service.subscriptions.records.plan_changes import PlanChange, PlanChangeDue, PlansOfChange, PlanStanding

SQL = sql.room(__package__)

OPEN_SUBSCRIPTION = SQL.verb("open_subscription", SubscriptionReceipt)
MOVE_SUBSCRIPTION = SQL.verb("move_subscription", SubscriptionState)
FIND_SUBSCRIPTION = SQL.query("find_subscription", Subscription)
LIST_SUBSCRIPTIONS = SQL.query("list_subscriptions", Subscription)
SUBSCRIPTION_HISTORY = SQL.query("subscription_history", SubscriptionStep)
SERVICE_STATE_AT = SQL.query("service_state_at", ServiceState)
LIST_PERIODS = SQL.query("list_periods", Period)

PLAN_STANDING = SQL.query("plan_standing", PlanStanding)
PLANS_OF_CHANGE = SQL.query("plans_of_change", PlansOfChange)
ASK_PLAN_CHANGE = SQL.verb("ask_plan_change", PlanChange)
END_PLAN_CHANGE = SQL.verb("end_plan_change", PlanChange)
PLAN_CHANGES_DUE = SQL.query("plan_changes_due", PlanChangeDue)
LIST_PLAN_CHANGES = SQL.query("list_plan_changes", PlanChange)

FIND_LAPSING = SQL.verb("find_lapsing", LapsingFound)
NEXT_PERIOD = SQL.query("next_period", NextPeriod)

LIST_RENEWAL_CALLS = SQL.query("list_renewal_calls", RenewalCall)
LOG_RENEWAL_CALL = SQL.verb("log_renewal_call", RenewalCallReceipt)

LIST_PROVISIONING_ORDERS = SQL.query("list_provisioning_orders", ProvisioningOrder)
NEWEST_ORDER = SQL.query("newest_order", NewestOrder)
SETTLE_ORDER = SQL.verb("settle_order", OrderSettled)
NETWORK_WANTED = SQL.query("network_wanted", WantedService)
OBSERVE_NETWORK = SQL.verb("observe_network", ObservationReceipt)
SERVICES_BETWEEN = SQL.query("services_between", UUID)
ORDER_AGAIN = SQL.verb("order_again", OrderedAgain)
NETWORK_IS_HEARD = SQL.query("network_is_heard", bool)
NETWORK_DIFFERENCES = SQL.query("network_differences", NetworkDifference)

DECLARE_INCIDENT = SQL.verb("declare_incident", IncidentReceipt)
CLOSE_INCIDENT = SQL.verb("close_incident", IncidentReceipt)
WIDEN_INCIDENT = SQL.verb("widen_incident", IncidentReceipt)
FIND_INCIDENT = SQL.query("find_incident", Incident)
LIST_INCIDENTS = SQL.query("list_incidents", Incident)
LIST_INCIDENT_SERVICES = SQL.query("list_incident_services", IncidentService)
INCIDENTS_OF_CUSTOMER = SQL.query("incidents_of_customer", KnownIncident)
MOVE_INCIDENT = SQL.verb("move_incident", IncidentReceipt)
INCIDENTS_TO_TELL = SQL.query("incidents_to_tell", IncidentToTell)
NOTE_HEARD = SQL.verb("note_heard", IncidentReceipt)
WHO_MAY_HEAR = SQL.query("who_may_hear", UUID)
TELL_INCIDENT = SQL.verb("tell_incident", IncidentTold)
EXPLAIN_INCIDENT = SQL.verb("explain_incident", IncidentReceipt)
LIST_PUBLIC_INCIDENTS = SQL.query("list_public_incidents", Incident)
TAG_SUBSCRIPTION = SQL.verb("tag_subscription", Tagged)
FIND_TAGS = SQL.query("find_tags", Tagged)
SERVICES_CALLED = SQL.query("services_called", CalledService)

REPORT_FAULT = SQL.verb("report_fault", FaultReported)
LIST_FAULT_REPORTS = SQL.query("list_fault_reports", FaultReport)
