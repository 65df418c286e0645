"""What a pack of figures prints of this room."""

from __future__ import annotations

from allpresent.improvement.queries import self_evaluation
from allpresent.schools.models import School
from allpresent.shared.words import moment


def of_ourselves(school: School) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """The self-evaluation as it was last written, by whom and when (O-B-23); None where nothing was."""
    said = self_evaluation(school)
    if said is None:
        return None
    signed = f"Written by {said.by_name}, {said.by_position}, {moment(said.at)}."
    return "What the school says of itself", (*said.words.splitlines(), signed), ("O-B-23",)
