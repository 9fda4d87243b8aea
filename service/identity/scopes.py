"""What each role may do. A route names one scope; a role holds a set of them; nothing else decides."""

from typing import Literal

Role = Literal["dispatcher", "technician", "agent", "back_office", "manager"]

_EVERYONE = {
    "customers:read",
    "catalogue:read",
    "visits:read",
    "jobs:read",
    "offers:read",
    "timeline:read",
    "promises:write",
    "messages:write",
    "devices:write",
    "me:read",
}
_FIELD = _EVERYONE | {
    "visits:work",
    "visits:delay",
    "work:record",
    "custody:write",
    "offers:write",
    "offers:present",
    "authorisations:record",
    "invoices:read",
    "invoices:post",
    "cash:read",
}
_OFFICE = _EVERYONE | {
    "customers:write",
    "subscriptions:read",
    "invoices:read",
    "facts:read",
    "calls:read",
    "calls:log",
    "payments:read",
    "board:read",
}

ROLES: dict[Role, frozenset[str]] = {
    "dispatcher": frozenset(_OFFICE | {"jobs:write", "visits:write", "visits:delay", "technicians:read", "technicians:write", "offers:write", "offers:present"}),
    "technician": frozenset(_FIELD | {"payments:cash", "payments:card", "payments:cheque"}),
    "agent": frozenset(_FIELD | {"payments:cash", "payments:card", "payments:cheque", "subscriptions:read"}),
    "back_office": frozenset(
        _OFFICE
        | {
            "jobs:write", "visits:write", "visits:delay", "technicians:read", "subscriptions:write", "custody:write", "custody:places", "offers:write", "offers:present", "authorisations:record", "work:record",
            "invoices:post", "reports:read", "payments:card", "payments:cash", "payments:cheque", "payments:correct", "refunds:write", "invoices:credit", "cash:read", "cash:accept", "ledger:read",
            "tasks:read", "evidence:read", "evidence:hold", "disputes:answer", "bank:read", "bank:write", "write-offs:propose",
            "notices:report",
        }
    ),
}  # fmt: skip
ROLES["manager"] = frozenset(
    {"staff:read", "staff:write", "keys:write", "ledger:close", "organisation:read", "organisation:write", "catalogue:write", "tasks:read", "tasks:write", "ledger:read",
     "technicians:write", "visits:work", "custody:take-over", "persons:erase", "cash:settle", "cash:limit", "write-offs:approve", "webhooks:read", "webhooks:write"}
).union(*ROLES.values())  # fmt: skip

ALL: frozenset[str] = frozenset().union(*ROLES.values())
"""Every scope there is; an API key may hold any of them."""

PARTNER: frozenset[str] = frozenset({"partner:read", "partner:act"})
"""What a partner's key may do, and only about what that partner brought; no role and no other key ever holds it."""

SCOPE_OF_SUBJECT: dict[str, str] = {
    **dict.fromkeys(
        ("customer", "contact", "site", "asset", "notice", "message", "case", "event", "idea", "erasure", "legal_hold"), "customers:read"
    ),
    **dict.fromkeys(("item", "item_version", "plan"), "catalogue:read"),
    **dict.fromkeys(("job", "visit_series", "device_custody", "bench_place", "loaner"), "jobs:read"),
    **dict.fromkeys(("visit", "slot", "hold", "promise", "day_plan"), "visits:read"),
    **dict.fromkeys(("technician", "shift", "travel"), "technicians:read"),
    **dict.fromkeys(("scope", "offer", "presentation", "authorisation", "work_record", "photo"), "offers:read"),
    **dict.fromkeys(
        ("invoice", "posting_attempt", "credit_note", "dunning_policy", "objection", "compensation", "compensation_policy"), "invoices:read"
    ),
    **dict.fromkeys(("promise_policy", "mail_address", "notice_rules"), "timeline:read"),
    **dict.fromkeys(
        ("payment", "receipt", "receipt_block", "refund", "attempt", "dispute", "saved_method", "charge_policy"), "payments:read"
    ),
    **dict.fromkeys(("parked_money", "payout", "books", "account_numbers"), "ledger:read"),
    **dict.fromkeys(("bank_account", "bank_file", "bank_statement", "bank_line"), "bank:read"),
    **dict.fromkeys(("subscription", "period", "provisioning_order", "incident"), "subscriptions:read"),
    **dict.fromkeys(("call",), "calls:read"),
    **dict.fromkeys(("transfer", "custody", "hand_in", "deposit"), "cash:read"),
    **dict.fromkeys(("task",), "tasks:read"),
    **dict.fromkeys(("webhook",), "webhooks:read"),
    **dict.fromkeys(("staff", "session", "invitation"), "staff:read"),
}
"""Which scope sees the facts about a kind of subject; facts about any other kind are for who holds `organisation:read`."""


def scopes_of(roles: list[Role]) -> frozenset[str]:
    """What somebody with these roles may do."""
    return frozenset[str]().union(*(ROLES[role] for role in roles))
