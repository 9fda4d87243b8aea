"""Tells people what happened, by mail, and knows how far each notice got. Reads the truth again before anything leaves; nobody calls this room."""
