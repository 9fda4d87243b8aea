"""Time without service, and what is given back for it."""
