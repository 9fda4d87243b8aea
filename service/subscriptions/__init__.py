"""Services supplied over time: periods, what is paid through, the state that follows, and what the network is told.

Statements of the rooms above may include `grant_period` (an invoice that supplies a plan), `settle` (invoices paid), `reopen` (no longer paid)
and `lapse` (cut off as unpaid).
"""
