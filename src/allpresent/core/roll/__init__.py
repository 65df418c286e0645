"""Who is on the roll: pupil numbers, starting days, expected sessions, contacts, and how a name comes off."""
