"""Services supplied over time: periods, what is paid through, the state that follows, and what the network is told."""
