"""The room's statements and the records they return."""

from service.customers.records import Customer, CustomerReceipt
from service.kit import sql

SQL = sql.room(__package__)

ADD_CUSTOMER = SQL.verb("add_customer", CustomerReceipt)
FIND_CUSTOMER = SQL.query("find_customer", Customer)
LIST_CUSTOMERS = SQL.query("list_customers", Customer)
