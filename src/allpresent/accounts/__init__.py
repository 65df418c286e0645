"""Staff, their roles and scope, sign-in."""
