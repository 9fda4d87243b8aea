"""The bank: what its files say is taken in once, matched to what is owed, and what isn't matched waits for a person."""
