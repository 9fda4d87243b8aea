"""Files of rows taken in whole or not at all; each row goes through the same rule as a request."""
