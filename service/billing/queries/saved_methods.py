"""Saved methods and the charges made by them."""

from uuid import UUID

from service.billing.queries import SQL
from service.billing.records.saved_methods import (
    ChargeBegun,
    ChargeNoted,
    ChargeNow,
    ChargeOver,
    ChargePolicy,
    ChargeRow,
    ConsentGiven,
    DueCharge,
    FailedCharge,
    MethodAtProvider,
    MethodReceipt,
    NoticeGiven,
    PlannedCharge,
    PolicyReceipt,
    SavedMethod,
    Saving,
    SavingLinkSent,
)

SET_CHARGE_POLICY = SQL.verb("set_charge_policy", PolicyReceipt)
CHARGE_POLICY = SQL.query("charge_policy", ChargePolicy)
SEND_SAVING_LINK = SQL.verb("send_saving_link", SavingLinkSent)
AGREE_TO_CHARGES = SQL.verb("agree_to_charges", ConsentGiven)
NOTE_SAVING_PAGE = SQL.verb("note_saving_page", ConsentGiven)
FIND_SAVING = SQL.query("find_saving", Saving)
SAVINGS_OPEN = SQL.query("savings_open", Saving)
SAVE_METHOD = SQL.verb("save_method", MethodReceipt)
RENEW_METHOD = SQL.verb("renew_method", MethodReceipt)
END_METHOD = SQL.verb("end_method", MethodReceipt)
METHOD_AT_PROVIDER = SQL.query("method_at_provider", MethodAtProvider)
LIST_SAVED_METHODS = SQL.query("list_saved_methods", SavedMethod)
RENEWALS_TO_BILL = SQL.query("renewals_to_bill", UUID)
NOTICES_DUE = SQL.query("notices_due", UUID)
NOTIFY_CHARGE = SQL.verb("notify_charge", NoticeGiven)
CHARGES_TO_BEGIN_ANEW = SQL.query("charges_to_begin_anew", ChargeOver)
CHARGES_DUE = SQL.query("charges_due", DueCharge)
MAY_BE_AT_BANK = SQL.query("may_be_at_bank", bool)
BEGIN_CHARGE = SQL.verb("begin_charge", ChargeBegun)
FIND_CHARGE = SQL.query("find_charge", ChargeNow)
NOTE_CHARGE_FAILURE = SQL.verb("note_charge_failure", ChargeNoted)
CHARGES_NOT_FINAL = SQL.query("charges_not_final", UUID)
LIST_CHARGES = SQL.query("list_charges", ChargeRow)
FAILED_CHARGES = SQL.query("failed_charges", FailedCharge)
PLANNED_CHARGES = SQL.query("planned_charges", PlannedCharge)
