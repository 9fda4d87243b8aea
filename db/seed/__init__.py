"""A believable company, made up: people, prices, customers. Telephone numbers and addresses of mail reach nobody."""
