"""The pages of the roll."""
