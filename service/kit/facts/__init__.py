"""What happened, in commit order: caught up with by cursor, followed as a stream."""
