"""Cash in custody, from the door to the bank."""
