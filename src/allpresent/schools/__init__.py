"""Trusts, schools, their calendar, groups and policy versions."""
