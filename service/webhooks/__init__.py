"""Programs elsewhere that hear of what happens: they are sent the facts that they may read, in commit order, signed and until they have them."""
