"""What is given as damages for days without service, and for appointments that were missed."""
