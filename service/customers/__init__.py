"""Who we serve, how to reach them, where, and what stands there."""
