"""The webhooks' statements and the records they return."""

from datetime import datetime

from service.kit import sql
from service.webhooks.records import (
    DeliveryRow,
    Forgotten,
    MessageRow,
    Noted,
    ReadOn,
    Resent,
    SecretReceipt,
    Standing,
    Webhook,
    WebhookChanged,
    WebhookMoved,
)

SQL = sql.room(__package__)

ADD_WEBHOOK = SQL.verb("add_webhook", SecretReceipt)
FIND_WEBHOOK = SQL.query("find_webhook", Webhook)
LIST_WEBHOOKS = SQL.query("list_webhooks", Webhook)
CHANGE_WEBHOOK = SQL.verb("change_webhook", WebhookChanged)
MAKE_SECRET = SQL.verb("make_secret", SecretReceipt)
MOVE_WEBHOOK = SQL.verb("move_webhook", WebhookMoved)
PING_WEBHOOK = SQL.verb("ping_webhook", WebhookMoved)

LIST_DELIVERIES = SQL.query("list_deliveries", DeliveryRow)
RESEND_DELIVERY = SQL.verb("resend_delivery", Resent)
RESEND_FAILED = SQL.verb("resend_failed", Resent)

LOOK_AT_WEBHOOK = SQL.query("look_at_webhook", Standing)
READ_ON = SQL.verb("read_on", ReadOn)
NEXT_MESSAGES = SQL.query("next_messages", MessageRow)
FAILING_SINCE = SQL.query("failing_since", datetime)
NOTE_ATTEMPTS = SQL.verb("note_attempts", Noted)
FORGET_DELIVERIES = SQL.verb("forget_deliveries", Forgotten)
