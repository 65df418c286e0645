"""How a command refuses."""


class CommandError(Exception):
    """The command cannot do what was asked: what is wrong, where, and how to mend it. Exit code 2."""
