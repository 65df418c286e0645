"""How the rooms are put together: settings and addresses."""
