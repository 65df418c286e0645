"""Noticing what did not happen."""
