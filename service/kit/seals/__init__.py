"""Signed checkpoints over every append-only log, so that a row edited, removed or slipped in afterwards is found."""
