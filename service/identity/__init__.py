"""Who acts: organisations, staff and their roles, sign-in, API keys, devices, customers' links."""
