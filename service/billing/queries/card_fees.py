"""Fees of card payments."""

from service.billing.queries import SQL
from service.billing.records.card_fees import CardFee

KEEP_CARD_FEE = SQL.verb("keep_card_fee", CardFee)
FIND_CARD_FEE = SQL.query("find_card_fee", CardFee)
