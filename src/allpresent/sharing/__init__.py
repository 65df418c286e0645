"""What is passed on to others, and the log of it."""
