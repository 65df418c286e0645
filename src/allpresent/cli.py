"""The `allpresent` command."""


def main() -> int:
    raise SystemExit("nothing here yet")
