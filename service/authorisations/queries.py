"""The room's statements and the records they return."""

from uuid import UUID

from service.authorisations.persons import ShownTo
from service.authorisations.records import (
    ActOfCustomer,
    ActRow,
    BookRow,
    CodeSent,
    Consent,
    Forecast,
    ForecastReceipt,
    HeldApproval,
    History,
    ItemsAnswered,
    KeptReceipt,
    Law,
    MatterItem,
    OfferDeleted,
    OfferReceipt,
    OfferRow,
    OfferToDecide,
    OverrunNoticeReceipt,
    PaperLaw,
    Photo,
    PhotoReceipt,
    PhotoRow,
    PolicyReceipt,
    PresentationReceipt,
    PresentationRow,
    PublishedPolicy,
    Question,
    QuestionReceipt,
    RecordedAct,
    ReplyReceipt,
    ReplyToTell,
    RevisionRow,
    RevocationReceipt,
    ScopeRow,
    WorkReceipt,
    WorkReceipts,
)
from service.kit import sql

SQL = sql.room(__package__)

FIND_SCOPE = SQL.query("find_scope", ScopeRow)
FIND_LATEST_REVISION = SQL.query("find_latest_revision", RevisionRow)
FIND_BOOK_VERSIONS = SQL.query("find_book_versions", BookRow)
FIND_OFFER = SQL.query("find_offer", OfferRow)
LIST_MATTER_ITEMS = SQL.query("list_matter_items", MatterItem)
LIST_ANSWERS = SQL.query("list_answers", ItemsAnswered)
LIST_OFFERS_TO_DECIDE = SQL.query("list_offers_to_decide", OfferToDecide)
LIST_ACTS_OF_CUSTOMER = SQL.query("list_acts_of_customer", ActOfCustomer)
WRITE_REVISION = SQL.verb("write_revision", OfferReceipt)
DELETE_OFFER = SQL.verb("delete_offer", OfferDeleted)
PRESENT_OFFER = SQL.verb("present_offer", PresentationReceipt)
FIND_PRESENTATION = SQL.query("find_presentation", PresentationRow)
FIND_HELD = SQL.query("find_held", HeldApproval)
HISTORY_OF_PRESENTATION = SQL.query("history_of_presentation", History)
ANSWER_PRESENTATION = SQL.verb("answer_presentation", RecordedAct)
ASK_QUESTION = SQL.verb("ask_question", QuestionReceipt)
REPLY_TO_QUESTION = SQL.verb("reply_to_question", ReplyReceipt)
QUESTIONS_OF_PRESENTATION = SQL.query("questions_of_presentation", Question)
FIND_REPLY = SQL.query("find_reply", ReplyToTell)
LIST_QUESTIONS = SQL.query("list_questions", Question)
SEND_CODE = SQL.verb("send_code", CodeSent)
CODE_STILL_GOOD = SQL.query("code_still_good", bool)
RECORD_ORAL_CONSENT = SQL.verb("record_oral_consent", RecordedAct)
FIND_CONSENT = SQL.query("find_consent", Consent)
REVOKE_AUTHORISATION = SQL.verb("revoke_authorisation", RevocationReceipt)
ADD_PHOTO = SQL.verb("add_photo", PhotoReceipt)
LIST_PHOTOS = SQL.query("list_photos", Photo)
PHOTOS_TO_SHOW = SQL.query("photos_to_show", PhotoRow)
PHOTO_PICTURE = SQL.query("photo_picture", bytes)
SHOWN_PICTURES = SQL.query("shown_pictures", UUID)
SHOWN_PICTURE = SQL.query("shown_picture", bytes)
RECORD_WORK = SQL.verb("record_work", WorkReceipts)
CORRECT_WORK = SQL.verb("correct_work", WorkReceipt)
PUBLISH_POLICY = SQL.verb("publish_policy", PolicyReceipt)
LIST_POLICIES = SQL.query("list_policies", PublishedPolicy)
LIST_LAWS = SQL.query("list_laws", Law)
LIST_PAPER_LAWS = SQL.query("list_paper_laws", PaperLaw)
FIND_ACT = SQL.query("find_act", ActRow)
FIND_RECEIPT = SQL.query("find_receipt", KeptReceipt)
FIND_PERSON_SHOWN = SQL.query("find_person_shown", ShownTo)
KEEP_RECEIPT = SQL.query("keep_receipt", KeptReceipt)
STATE_FORECAST = SQL.verb("state_forecast", ForecastReceipt)
LOG_OVERRUN_NOTICE = SQL.verb("log_overrun_notice", OverrunNoticeReceipt)
LIST_FORECASTS = SQL.query("list_forecasts", Forecast)
