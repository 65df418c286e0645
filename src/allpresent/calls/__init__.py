"""The first-day response: who is missing without a reason, whom to call next, what was tried."""
