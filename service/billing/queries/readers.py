"""What card readers are asked for."""

from service.billing.queries import SQL
from service.billing.records.readers import ReaderAsked

ASK_READER = SQL.verb("ask_reader", ReaderAsked)
END_READER_REQUEST = SQL.verb("end_reader_request", ReaderAsked)
