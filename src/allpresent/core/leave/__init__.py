"""Grounds of leave of absence, what a request still needs, part-time timetables."""
