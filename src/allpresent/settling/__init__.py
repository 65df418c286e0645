"""From a mark nobody can explain yet to the code a person decided."""
