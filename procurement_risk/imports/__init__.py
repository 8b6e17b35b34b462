"""Ways in: records that somebody sent, and the demonstration portfolio."""
