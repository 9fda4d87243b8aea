"""Which of Stripe's addresses the stand-in answers, with which parameters, and where the `stripe` package declares these."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from service.integrations.stripe.standin.faults import StripeFault
from service.integrations.stripe.standin.nouns import (
    at_reader,
    balances,
    charges,
    customers,
    disputes,
    endpoints,
    events,
    files,
    intents,
    locations,
    mandates,
    methods,
    payouts,
    readers,
    refunds,
    sessions,
    setups,
    warnings,
)
from service.integrations.stripe.standin.state import Thing


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    """`*` stands for an id."""
    answer: Callable[..., Thing | bytes]
    accepts: frozenset[str] = frozenset()
    parameters: str | None = None
    """The class of the `stripe` package's that declares these parameters."""


ROUTES = (
    Route("POST", "/v1/payment_intents", intents.create, intents.CREATE, "PaymentIntentCreateParams"),
    Route("GET", "/v1/payment_intents", intents.list_intents, intents.LIST, "PaymentIntentListParams"),
    Route("GET", "/v1/payment_intents/*", intents.retrieve),
    Route("POST", "/v1/payment_intents/*", intents.update, intents.UPDATE, "PaymentIntentUpdateParams"),
    Route("POST", "/v1/payment_intents/*/confirm", intents.confirm, intents.CONFIRM, "PaymentIntentConfirmParams"),
    Route("POST", "/v1/payment_intents/*/capture", intents.capture, intents.CAPTURE, "PaymentIntentCaptureParams"),
    Route("POST", "/v1/payment_intents/*/cancel", intents.cancel, intents.CANCEL, "PaymentIntentCancelParams"),
    Route("POST", "/v1/setup_intents", setups.create, setups.CREATE, "SetupIntentCreateParams"),
    Route("GET", "/v1/setup_intents", setups.list_setups, setups.LIST, "SetupIntentListParams"),
    Route("GET", "/v1/setup_intents/*", setups.retrieve),
    Route("POST", "/v1/setup_intents/*", setups.update, setups.UPDATE, "SetupIntentUpdateParams"),
    Route("POST", "/v1/setup_intents/*/confirm", setups.confirm, setups.CONFIRM, "SetupIntentConfirmParams"),
    Route("POST", "/v1/setup_intents/*/cancel", setups.cancel, setups.CANCEL, "SetupIntentCancelParams"),
    Route("POST", "/v1/payment_methods", methods.create, methods.CREATE, "PaymentMethodCreateParams"),
    Route("GET", "/v1/payment_methods", methods.list_methods, methods.LIST, "PaymentMethodListParams"),
    Route("GET", "/v1/payment_methods/*", methods.retrieve),
    Route("POST", "/v1/payment_methods/*", methods.update, methods.UPDATE, "PaymentMethodUpdateParams"),
    Route("POST", "/v1/payment_methods/*/attach", methods.attach, methods.ATTACH, "PaymentMethodAttachParams"),
    Route("POST", "/v1/payment_methods/*/detach", methods.detach, methods.DETACH, "PaymentMethodDetachParams"),
    Route("POST", "/v1/customers", customers.create, customers.CREATE, "CustomerCreateParams"),
    Route("GET", "/v1/customers", customers.list_customers, customers.LIST, "CustomerListParams"),
    Route("GET", "/v1/customers/*", customers.retrieve),
    Route("POST", "/v1/customers/*", customers.update, customers.UPDATE, "CustomerUpdateParams"),
    Route("DELETE", "/v1/customers/*", customers.delete),
    Route("GET", "/v1/customers/*/payment_methods", methods.list_of_customer, methods.LIST_OF_CUSTOMER, "CustomerPaymentMethodListParams"),
    Route("GET", "/v1/customers/*/payment_methods/*", methods.retrieve_of_customer),
    Route("GET", "/v1/mandates/*", mandates.retrieve),
    Route("GET", "/v1/charges", charges.list_charges, charges.LIST, "ChargeListParams"),
    Route("GET", "/v1/charges/*", charges.retrieve),
    Route("POST", "/v1/charges/*", charges.update, charges.UPDATE, "ChargeUpdateParams"),
    Route("POST", "/v1/refunds", refunds.create, refunds.CREATE, "RefundCreateParams"),
    Route("GET", "/v1/refunds", refunds.list_refunds, refunds.LIST, "RefundListParams"),
    Route("GET", "/v1/refunds/*", refunds.retrieve),
    Route("POST", "/v1/refunds/*", refunds.update, refunds.UPDATE, "RefundUpdateParams"),
    Route("POST", "/v1/refunds/*/cancel", refunds.cancel, refunds.CANCEL, "RefundCancelParams"),
    Route("POST", "/v1/test_helpers/refunds/*/expire", refunds.expire),
    Route("GET", "/v1/disputes", disputes.list_disputes, disputes.LIST, "DisputeListParams"),
    Route("GET", "/v1/disputes/*", disputes.retrieve),
    Route("POST", "/v1/disputes/*", disputes.update, disputes.UPDATE, "DisputeUpdateParams"),
    Route("POST", "/v1/disputes/*/close", disputes.close, disputes.CLOSE, "DisputeCloseParams"),
    Route("POST", "/v1/files", files.create, files.CREATE, "FileCreateParams"),
    Route("GET", "/v1/files", files.list_files, files.LIST, "FileListParams"),
    Route("GET", "/v1/files/*", files.retrieve),
    Route("GET", "/v1/files/*/contents", files.contents),
    Route("GET", "/v1/radar/early_fraud_warnings", warnings.list_warnings, warnings.LIST_WARNINGS, "radar.EarlyFraudWarningListParams"),
    Route("GET", "/v1/radar/early_fraud_warnings/*", warnings.retrieve_warning),
    Route("GET", "/v1/reviews", warnings.list_reviews, warnings.LIST, "ReviewListParams"),
    Route("GET", "/v1/reviews/*", warnings.retrieve_review),
    Route("POST", "/v1/reviews/*/approve", warnings.approve, warnings.APPROVE, "ReviewApproveParams"),
    Route("GET", "/v1/balance", balances.retrieve_balance),
    Route("GET", "/v1/balance_transactions", balances.list_transactions, balances.LIST, "BalanceTransactionListParams"),
    Route("GET", "/v1/balance_transactions/*", balances.retrieve),
    Route("POST", "/v1/payouts", payouts.create, payouts.CREATE, "PayoutCreateParams"),
    Route("GET", "/v1/payouts", payouts.list_payouts, payouts.LIST, "PayoutListParams"),
    Route("GET", "/v1/payouts/*", payouts.retrieve),
    Route("POST", "/v1/payouts/*", payouts.update, payouts.UPDATE, "PayoutUpdateParams"),
    Route("POST", "/v1/payouts/*/cancel", payouts.cancel, payouts.CANCEL, "PayoutCancelParams"),
    Route("POST", "/v1/checkout/sessions", sessions.create, sessions.CREATE, "checkout.SessionCreateParams"),
    Route("GET", "/v1/checkout/sessions", sessions.list_sessions, sessions.LIST, "checkout.SessionListParams"),
    Route("GET", "/v1/checkout/sessions/*", sessions.retrieve),
    Route("POST", "/v1/checkout/sessions/*/expire", sessions.expire, sessions.EXPIRE, "checkout.SessionExpireParams"),
    Route("GET", "/v1/checkout/sessions/*/line_items", sessions.line_items, sessions.LINE_ITEMS, "checkout.SessionLineItemListParams"),
    Route("GET", "/v1/events", events.list_events, events.LIST, "EventListParams"),
    Route("GET", "/v1/events/*", events.retrieve),
    Route("POST", "/v1/webhook_endpoints", endpoints.create, endpoints.CREATE, "WebhookEndpointCreateParams"),
    Route("GET", "/v1/webhook_endpoints", endpoints.list_endpoints, endpoints.LIST, "WebhookEndpointListParams"),
    Route("GET", "/v1/webhook_endpoints/*", endpoints.retrieve),
    Route("POST", "/v1/webhook_endpoints/*", endpoints.update, endpoints.UPDATE, "WebhookEndpointUpdateParams"),
    Route("DELETE", "/v1/webhook_endpoints/*", endpoints.delete),
    Route("POST", "/v1/terminal/locations", locations.create, locations.CREATE, "terminal.LocationCreateParams"),
    Route("GET", "/v1/terminal/locations", locations.list_locations, locations.LIST, "terminal.LocationListParams"),
    Route("GET", "/v1/terminal/locations/*", locations.retrieve),
    Route("POST", "/v1/terminal/locations/*", locations.update, locations.UPDATE, "terminal.LocationUpdateParams"),
    Route("DELETE", "/v1/terminal/locations/*", locations.delete),
    Route("POST", "/v1/terminal/connection_tokens", locations.connection_token, locations.TOKEN, "terminal.ConnectionTokenCreateParams"),
    Route("POST", "/v1/terminal/readers", readers.create, readers.CREATE, "terminal.ReaderCreateParams"),
    Route("GET", "/v1/terminal/readers", readers.list_readers, readers.LIST, "terminal.ReaderListParams"),
    Route("GET", "/v1/terminal/readers/*", readers.retrieve),
    Route("POST", "/v1/terminal/readers/*", readers.update, readers.UPDATE, "terminal.ReaderUpdateParams"),
    Route("DELETE", "/v1/terminal/readers/*", readers.delete),
    *(
        Route("POST", f"/v1/terminal/readers/*/{verb}", act, accepts, f"terminal.Reader{declared}Params")
        for verb, act, accepts, declared in (
            ("process_payment_intent", readers.process_intent, readers.PROCESS_INTENT, "ProcessPaymentIntent"),
            ("process_setup_intent", readers.process_setup, readers.PROCESS_SETUP, "ProcessSetupIntent"),
            ("collect_inputs", readers.collect_inputs, readers.COLLECT, "CollectInputs"),
            ("set_reader_display", readers.display, readers.DISPLAY, "SetReaderDisplay"),
            ("refund_payment", readers.refund, readers.REFUND, "RefundPayment"),
            ("cancel_action", readers.cancel_action, readers.CANCEL, "CancelAction"),
        )
    ),
    *(
        Route("POST", f"/v1/test_helpers/terminal/readers/*/{verb}", act, accepts, f"test_helpers.terminal.Reader{declared}Params")
        for verb, act, accepts, declared in (
            ("present_payment_method", at_reader.present, at_reader.PRESENT, "PresentPaymentMethod"),
            ("succeed_input_collection", at_reader.collect, at_reader.COLLECTED, "SucceedInputCollection"),
            ("timeout_input_collection", at_reader.time_out, at_reader.TIMED_OUT, "TimeoutInputCollection"),
        )
    ),
)
_ID = r"([A-Za-z0-9_]{1,255})"
_PATTERNS = [(re.compile(route.path.replace("*", _ID)), route) for route in ROUTES]


def find_route(method: str, path: str) -> tuple[Route, tuple[str, ...]]:
    """The route, and the ids in the address."""
    for pattern, route in _PATTERNS:
        found = pattern.fullmatch(path)
        if found is not None and route.method == method:
            return route, tuple(str(one) for one in found.groups())
    raise StripeFault(404, f"Unrecognized request URL ({method}: {path}).", kept=False)
