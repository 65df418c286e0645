"""Allpresent: school attendance for England."""

__version__ = "0.1.0"
