"""The room's statements and the records they return."""

from uuid import UUID

from service.evidence.records.bills import DecisionsTold, InvoiceTold
from service.evidence.records.disputes import AnswerReceipt, DisputeAnswer, DisputeNoted, SignedAct
from service.evidence.records.erasures import ErasureReceipt, HoldReceipt, MatterOfPerson, MatterOfPhoto, PhotoErased
from service.evidence.records.packs import (
    ActTold,
    CheckpointTold,
    LeftOut,
    OfferTold,
    PersonTold,
    PhotoTold,
    PresentationTold,
    ScopeTold,
    WorkTold,
)
from service.evidence.records.tellings import ForecastTold, NoticesTold, WordsTold
from service.kit import sql

SQL = sql.room(__package__)

WEIGHT_TOLD = SQL.query("weight_told", int)
ALL_THERE_IS = SQL.query("all_there_is", LeftOut)
SCOPE_TOLD = SQL.query("scope_told", ScopeTold)
OFFERS_TOLD = SQL.query("offers_told", OfferTold)
PRESENTATIONS_TOLD = SQL.query("presentations_told", PresentationTold)
ACTS_TOLD = SQL.query("acts_told", ActTold)
WORK_TOLD = SQL.query("work_told", WorkTold)
PHOTOS_TOLD = SQL.query("photos_told", PhotoTold)
INVOICES_TOLD = SQL.query("invoices_told", InvoiceTold)
DECISIONS_TOLD = SQL.query("decisions_told", DecisionsTold)
CHECKPOINTS_TOLD = SQL.query("checkpoints_told", CheckpointTold)
PERSONS_TOLD = SQL.query("persons_told", PersonTold)
FORECASTS_TOLD = SQL.query("forecasts_told", ForecastTold)
NOTICES_TOLD = SQL.query("notices_told", NoticesTold)
WORDS_TOLD = SQL.query("words_told", WordsTold)

MATTERS_OF_PERSON = SQL.query("matters_of_person", MatterOfPerson)
MATTER_OF_PHOTO = SQL.query("matter_of_photo", MatterOfPhoto)
ERASE_PERSON = SQL.verb("erase_person", ErasureReceipt)
ERASE_PHOTO = SQL.verb("erase_photo", PhotoErased)
PLACE_HOLD = SQL.verb("place_hold", HoldReceipt)
RELEASE_HOLD = SQL.verb("release_hold", HoldReceipt)

JOB_OF_SCOPE = SQL.query("job_of_scope", UUID)
SIGNATURE_OF_ACT = SQL.query("signature_of_act", str)
SIGNATURE_OF_SCOPE = SQL.query("signature_of_scope", SignedAct)
SIGNATURE_AT_READER = SQL.query("signature_at_reader", str)
DISPUTE_ANSWERS = SQL.query("dispute_answers", DisputeAnswer)
ANSWER_DISPUTE = SQL.verb("answer_dispute", AnswerReceipt)
WRITE_DISPUTE_SENDING = SQL.verb("write_dispute_sending", DisputeNoted)
END_DISPUTE_ANSWER = SQL.verb("end_dispute_answer", DisputeNoted)
DISPUTES_TO_WARN_OF = SQL.query("disputes_to_warn_of", UUID)
WARN_OF_DISPUTE = SQL.verb("warn_of_dispute", DisputeNoted)
