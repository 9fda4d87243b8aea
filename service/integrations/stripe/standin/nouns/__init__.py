"""The objects of Stripe's that the stand-in plays, a noun a module: how each is made, changed, told."""
