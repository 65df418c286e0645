"""The attendance register: entries, current marks, submissions."""
