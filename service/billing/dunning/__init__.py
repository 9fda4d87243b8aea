"""Dunning: what comes next for whoever owes, from what stands at this moment."""
