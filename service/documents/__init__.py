"""What customers and inspectors hold in their hands: offers as sealed, a job with all that was agreed on it, invoices and receipts, as PDF."""
