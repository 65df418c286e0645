"""Leave of absence and part-time timetables: asked for, weighed, decided."""
