"""What a file says of a roll, and what that would change: pure, no database."""
