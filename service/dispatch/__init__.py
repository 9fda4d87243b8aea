"""Jobs and their visits: who goes where and when, what state each is in, and that nobody is in two places."""
