"""Benchmarks of the house: ratios measured side by side in one run, never bare times. `make bench`."""

NOW = "2027-07-21 16:00"
"""When the registers are taken: the last afternoon of the school year, in London."""
