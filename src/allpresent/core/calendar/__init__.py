"""When a school meets: years, terms, days, weeks and sessions."""
