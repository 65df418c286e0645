"""What the preview shows, made of facts already loaded."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page

from allpresent.exchange.models import ImportRun
from allpresent.exchange.roll.matching import Choice
from allpresent.exchange.roll.proposal import Section

HEADINGS = {
    Section.ERRORS: "To mend in the file",
    Section.CONFLICTS: "To decide",
    Section.ADDS: "New on the roll",
    Section.CHANGES: "Changes",
    Section.WARNINGS: "Worth a look",
    Section.GROUPS: "New classes",
    Section.MISSING: "On the roll, not in the file",
}
EXPLAINED = {
    Section.ERRORS: "Nothing is imported while any of these is left. Mend them in the file, and send it again.",
    Section.CONFLICTS: "Each of these may be a pupil you already have. Only you can say.",
    Section.ADDS: "Their names go in the admission register from the starting day shown.",
    Section.CHANGES: "What is held now, and what the file says. Each goes into the admission register as an amendment.",
    Section.WARNINGS: "These stop nothing.",
    Section.GROUPS: "No class of this name is open, so one will be made.",
    Section.MISSING: "They stay on the roll. A name leaves it only on a ground in law, from the pupil's page.",
}
CHOICES = {
    Choice.SAME: "The same pupil: take the file's facts",
    Choice.NEW: "Another pupil: add them",
    Choice.LEAVE_OUT: "Leave this row out",
}


@dataclass(frozen=True)
class Tab:
    """A section of the preview and how many lines it has."""

    section: Section
    heading: str
    count: int
    here: bool


@dataclass(frozen=True)
class PreviewPage:
    """One section of a preview, with the way to the others."""

    run: ImportRun
    section: Section
    lines: Page

    @property
    def tabs(self) -> tuple[Tab, ...]:
        return tuple(
            Tab(section, HEADINGS[section], self.run.counts[section.value], section is self.section)
            for section in Section
            if self.run.counts[section.value]
        )

    @property
    def heading(self) -> str:
        return HEADINGS[self.section]

    @property
    def explained(self) -> str:
        return EXPLAINED[self.section]

    @property
    def choices(self) -> dict[str, str]:
        return {choice.value: words for choice, words in CHOICES.items()}

    @property
    def writes(self) -> int:
        """How many pupils the import would add or change."""
        return self.run.counts["adds"] + self.run.counts["changes"]

    @property
    def blocked(self) -> bool:
        return bool(self.run.counts["errors"] or self.run.counts["undecided"])

    @property
    def headline(self) -> str:
        counts = self.run.counts
        if counts["errors"]:
            return "The file needs mending before it can be imported"
        if counts["undecided"]:
            return "Some pupils need your decision"
        if not self.writes:
            return "The roll already says what this file says"
        return "This is what the file would do"


def section_of(run: ImportRun, asked: str) -> Section:
    """The section asked for, when it has lines; otherwise the first that has."""
    full = [section for section in Section if run.counts[section.value]]
    return next((section for section in full if section.value == asked), full[0] if full else Section.CHANGES)
