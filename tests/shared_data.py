"""Where tests find the shared facts: the folder ALLPRESENT_SHARED names, or `shared` beside the checkout."""

import os
from pathlib import Path

BESIDE = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts: str) -> Path:
    """The path of a shared file or folder, such as shared("domain", "clauses.md"). It must be there."""
    path = Path(os.environ.get("ALLPRESENT_SHARED", BESIDE)).joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(
            f"{'/'.join(parts)} was not found among the shared facts. Put the `shared` folder beside "
            "the checkout, or name it in the environment variable ALLPRESENT_SHARED."
        )
    return path
