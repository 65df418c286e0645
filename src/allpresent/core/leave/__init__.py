"""Leave of absence: grounds, what a request still needs, part-time timetables, days past the leave."""
