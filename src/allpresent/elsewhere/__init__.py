"""Pupils educated away from the school for a session: providers, their daily word, suspensions."""
