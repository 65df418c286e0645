"""What a school says of itself: its calendar, its policy, the codes. Pages only; the facts are `schools`'."""
