"""Background work: wanted by the statement that causes it, claimed by lease, retried within limits, kept where it failed."""
