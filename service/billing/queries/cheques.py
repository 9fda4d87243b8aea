"""Cheques."""

from service.billing.queries import SQL
from service.billing.records.bank_matching import ChequeToSee
from service.billing.records.cheques import Cheque, ChequeAtBank, ChequePaper, ChequeStanding, KnownCheque

KEEP_CHEQUE = SQL.verb("keep_cheque", ChequeStanding)
STEP_CHEQUE = SQL.verb("step_cheque", ChequeStanding)
KNOWN_CHEQUE = SQL.query("known_cheque", KnownCheque)
CHEQUE_AT_BANK = SQL.query("cheque_at_bank", ChequeAtBank)
CHEQUE_PAPER = SQL.query("cheque_paper", ChequePaper)
CHEQUES_TO_SEE = SQL.query("cheques_to_see", ChequeToSee)
CHEQUES_NOT_SEEN = SQL.query("cheques_not_seen", ChequeToSee)
LIST_CHEQUES = SQL.query("list_cheques", Cheque)
