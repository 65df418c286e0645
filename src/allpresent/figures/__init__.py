"""Figures: one definition from one pupil to a whole trust, each of which opens to the sessions it was counted from."""
