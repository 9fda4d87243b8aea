"""What we told a customer we would do by when: made by what we say, kept or broken by what happens."""
