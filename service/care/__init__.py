"""What customers are told and that it stays true: the one timeline of a customer, and the messages in and out."""
