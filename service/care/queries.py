"""The room's statements and the records they return."""

from uuid import UUID

from service.care.records import Entry, Forgotten, Message, MessageReceipt
from service.care.records.bench import BenchLine, BenchStep, BenchStepped, News, NewsTold
from service.care.records.cases import Answered, Case, CaseAnswer, CaseEntry, CaseIncident, CaseLine, CaseMoved, CaseWord, Heard
from service.care.records.custody import BenchPlace, BenchPlaceAdded, Custody, CustodyOpened, DeviceMoved, HandOver, HandOverOffered
from service.care.records.loaners import Loaner, LoanerAdded, LoanerRetired, LoanMoved, LoanOut, LoansSeen, LoanStep, LoanTold
from service.care.records.mails import (
    AttachmentContent,
    MailAddress,
    MailAddressReceipt,
    MailCodeAsked,
    MailPosition,
    MailSender,
    MailTaken,
    MailThread,
    StrayMail,
)
from service.care.records.objections import Decided, LineEvidence, Objected, ObjectedLine, Objection
from service.care.records.portal import (
    DeviceHere,
    DeviceKept,
    LoanOfDevice,
    NewsOfDevice,
    PortalLinkKept,
    PortalLinksEnded,
    PortalLinksSent,
)
from service.care.records.public import Event, EventPut, Idea, IdeaReceipt
from service.care.records.texts import TextDoor, TextDoorReceipt, TextTaken
from service.kit import sql

SQL = sql.room(__package__)

LIST_ENTRIES = SQL.query("list_entries", Entry)
FIND_CUSTOMERS_BY_QUOTED = SQL.query("find_customers_by_quoted", UUID)
NOTE_MESSAGE = SQL.verb("note_message", MessageReceipt)
LIST_MESSAGES = SQL.query("list_messages", Message)
FORGET_MESSAGES = SQL.verb("forget_messages", Forgotten)

HEAR = SQL.verb("hear", Heard)
ANSWER_CASE = SQL.verb("answer_case", Answered)
MOVE_CASE = SQL.verb("move_case", CaseMoved)
MERGE_CASE = SQL.verb("merge_case", CaseMoved)
SPLIT_CASE = SQL.verb("split_case", CaseMoved)
LIST_CASES = SQL.query("list_cases", CaseLine)
LIST_OPEN_CASES_OF_CUSTOMER = SQL.query("list_open_cases_of_customer", CaseLine)
LIST_CASES_OF_CUSTOMER = SQL.query("list_cases_of_customer", CaseLine)
FIND_CASE = SQL.query("find_case", Case)
LIST_CASE_INCIDENTS = SQL.query("list_case_incidents", CaseIncident)
COUNT_CASES_OF_INCIDENT = SQL.query("count_cases_of_incident", int)
LIST_WORDS_OF_CASES = SQL.query("list_words_of_cases", CaseWord)
LIST_CASE_ENTRIES = SQL.query("list_case_entries", CaseEntry)
FIND_CASE_OF_MESSAGE = SQL.query("find_case_of_message", UUID)
FIND_CASE_ANSWER = SQL.query("find_case_answer", CaseAnswer)

OBJECTED_LINE = SQL.query("objected_line", ObjectedLine)
RAISE_OBJECTION = SQL.verb("raise_objection", Objected)
DECIDE_OBJECTION = SQL.verb("decide_objection", Decided)
FIND_OBJECTION = SQL.query("find_objection", Objection)
LIST_OBJECTIONS = SQL.query("list_objections", Objection)
LIST_OBJECTIONS_OF_INVOICE = SQL.query("list_objections_of_invoice", Objection)
LIST_OBJECTIONS_OF_CASE = SQL.query("list_objections_of_case", Objection)
LINES_EVIDENCE = SQL.query("lines_evidence", LineEvidence)
CREDITED_THUS = SQL.query("credited_thus", bool)
PAID_BACK_AT_MOST = SQL.query("paid_back_at_most", int)

MAIL_ADDRESS_OWNER = SQL.query("mail_address_owner", UUID)
ADD_MAIL_ADDRESS = SQL.verb("add_mail_address", MailAddressReceipt)
REMOVE_MAIL_ADDRESS = SQL.verb("remove_mail_address", MailAddressReceipt)
FIND_MAIL_ADDRESS = SQL.query("find_mail_address", str)
SEND_MAIL_CODE = SQL.verb("send_mail_code", MailCodeAsked)
COUNT_MAIL_CODES = SQL.query("count_mail_codes", int)
LIVE_MAIL_CODES = SQL.query("live_mail_codes", UUID)
PROVE_MAIL_ADDRESS = SQL.verb("prove_mail_address", MailAddressReceipt)
SET_MAIL_SENDER = SQL.verb("set_mail_sender", MailAddressReceipt)
REMOVE_MAIL_SENDER = SQL.verb("remove_mail_sender", MailAddressReceipt)
FIND_MAIL_SENDER = SQL.query("find_mail_sender", MailSender)
LIST_MAIL_ADDRESSES = SQL.query("list_mail_addresses", MailAddress)
FIND_MAIL_BY_KEY = SQL.query("find_mail_by_key", UUID)
CASE_SPOKEN_OF = SQL.query("case_spoken_of", UUID)
KEEP_MAIL = SQL.verb("keep_mail", MailTaken)
LIST_STRAY_MAILS = SQL.query("list_stray_mails", StrayMail)
FIND_STRAY_MAIL = SQL.query("find_stray_mail", StrayMail)
SETTLE_STRAY_MAIL = SQL.verb("settle_stray_mail", MailTaken)
FIND_ATTACHMENT = SQL.query("find_attachment", AttachmentContent)
FIND_MAIL_POSITION = SQL.query("find_mail_position", MailPosition)
KEEP_MAIL_POSITION = SQL.verb("keep_mail_position", MailPosition)
FIND_MAIL_THREAD = SQL.query("find_mail_thread", MailThread)

ADD_BENCH_PLACE = SQL.verb("add_bench_place", BenchPlaceAdded)
LIST_BENCH_PLACES = SQL.query("list_bench_places", BenchPlace)
TAKE_DEVICE_IN = SQL.verb("take_device_in", CustodyOpened)
OFFER_DEVICE = SQL.verb("offer_device", HandOverOffered)
MOVE_DEVICE = SQL.verb("move_device", DeviceMoved)
FIND_CUSTODY = SQL.query("find_custody", Custody)
LIST_HAND_OVERS = SQL.query("list_hand_overs", HandOver)
ADD_LOANER = SQL.verb("add_loaner", LoanerAdded)
MOVE_LOANER = SQL.verb("move_loaner", LoanMoved)
FIND_LOANER = SQL.query("find_loaner", Loaner)
LIST_LOANERS = SQL.query("list_loaners", Loaner)
LENT_FOR = SQL.query("lent_for", UUID)
RETIRE_LOANER = SQL.verb("retire_loaner", LoanerRetired)
LIST_LOAN_STEPS = SQL.query("list_loan_steps", LoanStep)
FIND_LOAN = SQL.query("find_loan", LoanTold)
REMIND_OF_LOANS = SQL.verb("remind_of_loans", LoansSeen)
LOANS_OUT = SQL.query("loans_out", LoanOut)
SEND_PORTAL_LINKS = SQL.verb("send_portal_links", PortalLinksSent)
KEEP_PORTAL_LINK = SQL.verb("keep_portal_link", PortalLinkKept)
END_PORTAL_LINKS = SQL.verb("end_portal_links", PortalLinksEnded)
MOVE_ON_BENCH = SQL.verb("move_on_bench", BenchStepped)
TELL_NEWS = SQL.verb("tell_news", NewsTold)
FIND_NEWS = SQL.query("find_news", News)
LIST_BENCH_STEPS = SQL.query("list_bench_steps", BenchStep)
LIST_BENCH_MOVES = SQL.query("list_bench_moves", str)
LIST_BENCH = SQL.query("list_bench", BenchLine)
ANNOUNCE_EVENT = SQL.verb("announce_event", EventPut)
CHANGE_EVENT = SQL.verb("change_event", EventPut)
LIST_EVENTS = SQL.query("list_events", Event)
OPEN_IDEA = SQL.verb("open_idea", IdeaReceipt)
VOTE_FOR_IDEA = SQL.verb("vote_for_idea", IdeaReceipt)
ANSWER_IDEA = SQL.verb("answer_idea", IdeaReceipt)
LIST_IDEAS = SQL.query("list_ideas", Idea)
DEVICES_HERE = SQL.query("devices_here", DeviceHere)
DEVICES_OF_CUSTOMER = SQL.query("devices_of_customer", DeviceKept)
NEWS_OF_DEVICE = SQL.query("news_of_device", NewsOfDevice)
LOANS_FOR_DEVICE = SQL.query("loans_for_device", LoanOfDevice)
PICTURES_OF_DEVICE = SQL.query("pictures_of_device", UUID)
ADD_TEXT_DOOR = SQL.verb("add_text_door", TextDoorReceipt)
REMOVE_TEXT_DOOR = SQL.verb("remove_text_door", TextDoorReceipt)
LIST_TEXT_DOORS = SQL.query("list_text_doors", TextDoor)
FIND_TEXT_DOOR = SQL.query("find_text_door", TextDoor)
CASE_TEXTED_OF = SQL.query("case_texted_of", UUID)
KEEP_TEXT = SQL.verb("keep_text", TextTaken)
