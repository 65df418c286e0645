"""Benchmarks of the house: ratios measured side by side in one run, never bare times. `make bench`."""
