"""The ways out: one module a channel, and the one file that says which are set up."""
