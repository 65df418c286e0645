"""Pupils, the adults around them, and the dated roll."""
