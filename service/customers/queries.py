"""The room's statements and the records they return."""

from uuid import UUID

from service.customers.records import (
    Asset,
    AssetStep,
    Contact,
    CountedWord,
    Customer,
    FoundCustomer,
    Help,
    NamedCustomer,
    Receipt,
    Site,
    WordsKept,
)
from service.kit import sql

SQL = sql.room(__package__)

KEEP_WORDS = SQL.verb("keep_words", WordsKept)
COUNT_BEGINNINGS = SQL.query("count_beginnings", CountedWord)
COUNT_WORDS = SQL.query("count_words", CountedWord)
CUSTOMERS_WITH_WORDS = SQL.query("customers_with_words", UUID)
CONTACTS_WITH_WORD = SQL.query("contacts_with_word", Contact)
FOUND_CUSTOMERS = SQL.query("found_customers", FoundCustomer)
ADD_CUSTOMER = SQL.verb("add_customer", Receipt)
CHANGE_CUSTOMER = SQL.verb("change_customer", Receipt)
FIND_CUSTOMER = SQL.query("find_customer", Customer)
FIND_HELP = SQL.query("find_help", Help)
LIST_CUSTOMERS = SQL.query("list_customers", Customer)
CUSTOMERS_BY_REFERENCE = SQL.query("customers_by_reference", NamedCustomer)

ADD_CONTACT = SQL.verb("add_contact", Receipt)
CHANGE_CONTACT = SQL.verb("change_contact", Receipt)
FIND_CONTACT = SQL.query("find_contact", Contact)
LIST_CONTACTS = SQL.query("list_contacts", Contact)

ADD_SITE = SQL.verb("add_site", Receipt)
CHANGE_SITE = SQL.verb("change_site", Receipt)
FIND_SITE = SQL.query("find_site", Site)
LIST_SITES = SQL.query("list_sites", Site)

ADD_ASSET = SQL.verb("add_asset", Receipt)
CHANGE_ASSET = SQL.verb("change_asset", Receipt)
FIND_ASSET = SQL.query("find_asset", Asset)
LIST_ASSETS = SQL.query("list_assets", Asset)
ASSET_HISTORY = SQL.query("asset_history", AssetStep)
