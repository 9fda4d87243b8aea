"""What must never be otherwise: one file a check. An `.sql` file's first comment is its promise; each row it finds is an offence."""
