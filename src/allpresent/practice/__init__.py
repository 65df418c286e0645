"""Practice against policy: how often each step came on time."""
