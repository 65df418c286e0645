"""The first-day response: whom to contact next, by when, on which clause."""
