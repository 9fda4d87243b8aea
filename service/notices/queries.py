"""The room's statements and the records they return."""

from datetime import datetime

from service.care.records.texts import TextTaken
from service.kit import sql
from service.notices.reach_records import Bounced, Followed, Judged, Opened, Reach, ReachDone, ReachFound
from service.notices.records import IncidentTelling, Moved, Notice, NoticeState, QueuedNotices, Recipient
from service.notices.rule_records import OptOut, OptOutSaid, RuleSet, RulesSet

SQL = sql.room(__package__)

STOP_TEXTS = SQL.verb("stop_texts", TextTaken)
QUEUE_NOTICES = SQL.verb("queue_notices", QueuedNotices)
MOVE_NOTICE = SQL.verb("move_notice", Moved)
COUNT_TOLD_OF_INCIDENT = SQL.query("count_told_of_incident", IncidentTelling)
NOTICE_STATES = SQL.query("notice_states", NoticeState)
LIST_LATEST_NOTICES = SQL.query("list_latest_notices", Notice)
LIST_NOTICES = SQL.query("list_notices", Notice)
NEXT_WAY = SQL.query("next_way", Recipient)
LEFT_LATELY = SQL.query("left_lately", datetime)
FOLLOW_FACTS = SQL.verb("follow_facts", Followed)
LAST_TOLD = SQL.query("last_told", datetime)
TELLS_THE_SAME_LATER = SQL.query("tells_the_same_later", bool)
FORMER_ADDRESS = SQL.query("former_address", Recipient)
STAFF_ADDRESS = SQL.query("staff_address", Recipient)
TOLD_OF = SQL.query("told_of", datetime)
LIVE_MAIL_LINK = SQL.query("live_mail_link", bool)
RULE_SETS = SQL.query("rule_sets", RuleSet)
SET_RULES = SQL.verb("set_rules", RulesSet)
LIST_OPT_OUTS = SQL.query("list_opt_outs", OptOut)
IS_OPTED_OUT = SQL.query("is_opted_out", bool)
SET_OPT_OUT = SQL.verb("set_opt_out", OptOutSaid)
NOTICE_BOUNCED = SQL.verb("notice_bounced", Bounced)
OPEN_REACH = SQL.verb("open_reach", Opened)
END_REACH = SQL.verb("end_reach", ReachDone)
LIST_REACHES = SQL.query("list_reaches", Reach)
FIND_REACH = SQL.query("find_reach", ReachFound)
REACHES_TO_JUDGE = SQL.query("reaches_to_judge", Judged)
