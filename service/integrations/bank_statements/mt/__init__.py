"""MT940 and MT942 of SWIFT, with what banks make of them."""
