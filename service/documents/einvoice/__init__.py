"""Invoices and credit notes as EN 16931 has them: one model, written as CII and UBL, and judged by the rules of the norm before it leaves."""
