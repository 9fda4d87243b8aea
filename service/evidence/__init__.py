"""Proof for strangers: everything about one matter in one signed archive, its check without us, and what of a person may be erased and when."""
