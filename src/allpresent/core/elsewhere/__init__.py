"""Sessions spent away from the school: what a provider's kind is marked, when its word is owed, suspensions."""
