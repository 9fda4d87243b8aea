"""What this room sends, receives and packs."""
