"""What is owed and what is paid: invoices, payments, the ledger, cash in custody, refunds."""
