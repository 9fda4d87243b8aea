"""What the customer agreed to: scopes, sealed offers, authorisations, work records, and the chain that all bills stand on.

Statements of the rooms above may include `open_scope`, `startable`, `steps`, `append` and `supply`.
"""
