"""BAI2 of the Bank Administration Institute, as banks in the United States and Britain send it."""
