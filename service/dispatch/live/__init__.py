"""The live day: where technicians are, when they arrive, who hears of it, and what is done when it goes otherwise."""
