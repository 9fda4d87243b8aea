"""The room's statements and the records they return."""

from datetime import datetime

from service.kit import sql
from service.notices.records import Moved, Notice, QueuedNotices, Recipient

SQL = sql.room(__package__)

QUEUE_NOTICES = SQL.verb("queue_notices", QueuedNotices)
MOVE_NOTICE = SQL.verb("move_notice", Moved)
LIST_NOTICES = SQL.query("list_notices", Notice)
MAIL_ADDRESS = SQL.query("mail_address", Recipient)
CONTACT_ADDRESS = SQL.query("contact_address", Recipient)
FORMER_ADDRESS = SQL.query("former_address", Recipient)
STAFF_ADDRESS = SQL.query("staff_address", Recipient)
TOLD_OF = SQL.query("told_of", datetime)
LIVE_MAIL_LINK = SQL.query("live_mail_link", bool)
