"""What `allpresent` can do: one small module a command, with `add_parser(subparsers)` and `run(args)`."""
