"""The two widths that a journey is made at, in pixels."""

WIDTHS = {"desktop": 1280, "phone": 360}
