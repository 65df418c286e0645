"""The policy files that come with the program."""
