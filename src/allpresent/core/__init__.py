"""The law, the calendar, the arithmetic and the policy: pure Python, no Django, no clock, no I/O."""
