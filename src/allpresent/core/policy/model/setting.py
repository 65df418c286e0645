"""The setting itself: what it is, who works there, what it calls things, when its policy is reviewed."""

from __future__ import annotations

from allpresent.core.policy.model.base import Block, Part
from allpresent.core.policy.model.words import Party
from allpresent.core.policy.values import Day, SpanText, Words, YesNo
from allpresent.core.policy.year_groups import YearGroups


class Setting(Block):
    """What kind of place this is and to whom it answers. `registered-school` is unknown when left out."""

    kind: str
    registered_school: YesNo | None = None
    year_groups: YearGroups = ()
    answers_to: tuple[Party, ...]
    authority: str | None = None
    expected_days: str = "every school day"


class ReviewDate(Block):
    """A review date as one place in the document gives it, under the heading it stands under."""

    on: Day
    heading: str | None = None


class Review(Block):
    """Approval and review of the policy. The document may give several next dates."""

    approved: Day | None = None
    approved_by: str | None = None
    last: Day | None = None
    next: tuple[ReviewDate, ...]
    every: SpanText | None = None
    reviewed_by: str | None = None
    signatory: str | None = None


class Vocabulary(Block):
    """What the setting calls things on its pages and letters. Left out: the guidance's own word."""

    pupil: str | None = None
    pupils: str | None = None
    school: str | None = None
    head: str | None = None
    parent: str | None = None
    group: str | None = None
    year_lead: str | None = None
    session: str | None = None


class Label(Block):
    """A name that one place in the document gives a role."""

    text: str


class Role(Block):
    """A post in the setting, by its label and never by a person's name."""

    label: str | None = None
    labels: tuple[Label, ...] = ()
    phone: str | None = None
    email: str | None = None
    does: Words = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every label in the order the document gives them; the first is the one shown."""
        own = (self.label,) if self.label else ()
        return own + tuple(label.text for label in self.labels)


class Contact(Block):
    """Where to reach a part of the setting or a body outside it, and what for."""

    id: str
    label: str | None = None
    phone: str | None = None
    email: str | None = None
    page: str | None = None
    who: str | None = None


class System(Block):
    """A product the document names, and the one job it is said to do."""

    name: str
    job: str


class Section(Part):
    """A numbered heading or paragraph of the document: its number as printed, and what it is about."""

    number: str
    title: str


class Outline(Block):
    """The document's numbers: as its contents page prints them, and as its body does."""

    contents: tuple[Section, ...] = ()
    body: tuple[Section, ...] = ()


class LinkedPolicy(Block):
    """Another policy of the setting that this one leans on."""

    title: str


class Leftover(Block):
    """Text of the document that nobody finished."""

    text: str
