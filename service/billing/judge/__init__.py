"""The rule in pure Python, over the same figures as `sql/invoices.sql`: for drafts and explanations. A test holds the two together."""

from service.billing.judge.books import Act, Bill, Books, Item, Line, Scope, Tolerance, Verdict, Work
from service.billing.judge.rule import judge, rule_of, tax_of, taxes_of

__all__ = ["Act", "Bill", "Books", "Item", "Line", "Scope", "Tolerance", "Verdict", "Work", "judge", "rule_of", "tax_of", "taxes_of"]
