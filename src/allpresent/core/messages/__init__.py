"""What a message says and when it may go: merge fields, quiet hours, the most in a day."""
