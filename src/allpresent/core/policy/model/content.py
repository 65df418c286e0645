"""A whole policy file: its header and every section it may have."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from allpresent.core.policy.model.base import Part
from allpresent.core.policy.model.codes import Codes
from allpresent.core.policy.model.day import DayTimes, RegisterLimit, Window
from allpresent.core.policy.model.duties import Calling, Duty, EmergencyContacts, Evidence, Marking, Settle
from allpresent.core.policy.model.law import (
    Admission,
    Amendments,
    Authority,
    Cohort,
    CompulsoryAge,
    Improvement,
    Leave,
    LegalMeasure,
    LegalSource,
    Observance,
    PartTime,
    Penalty,
    Reason,
    Record,
    Report,
    Retention,
    Return,
    Target,
    Training,
    Wellbeing,
)
from allpresent.core.policy.model.messages import Messages
from allpresent.core.policy.model.response import Ladder, Scale, Threshold
from allpresent.core.policy.model.setting import (
    Contact,
    Leftover,
    LinkedPolicy,
    Outline,
    Review,
    Role,
    Setting,
    System,
    Vocabulary,
)
from allpresent.core.policy.values import Day, Words


class Layer(StrEnum):
    """The three layers, lowest first. Each is given its values by the layers above it, unless locked."""

    NATION = "nation"
    TRUST = "trust"
    SCHOOL = "school"

    @property
    def height(self) -> int:
        """0 for the nation, 2 for the school."""
        return tuple(Layer).index(self)


class InForce(Part):
    """The days on which a version of a layer holds; both ends included. No end: until replaced."""

    from_: Day
    to: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to and self.to < self.from_:
            raise ValueError(f"this ends on {self.to}, before it begins on {self.from_}; is one of the years wrong?")
        return self


class Content(Part):
    """Every section a layer may have. All are optional: a layer says what its document says."""

    setting: Setting | None = None
    review: Review | None = None
    vocabulary: Vocabulary | None = None
    roles: dict[str, Role] = Field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    authorities: tuple[Authority, ...] = ()
    day: tuple[DayTimes, ...] = ()
    register_limit: RegisterLimit | None = None
    windows: tuple[Window, ...] = ()
    duties: tuple[Duty, ...] = ()
    calling: tuple[Calling, ...] = ()
    marking: tuple[Marking, ...] = ()
    settle: Settle | None = None
    emergency_contacts: EmergencyContacts | None = None
    evidence: tuple[Evidence, ...] = ()
    codes: Codes | None = None
    thresholds: tuple[Threshold, ...] = ()
    scales: tuple[Scale, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    compulsory_age: CompulsoryAge | None = None
    admission: Admission | None = None
    amendments: Amendments | None = None
    retention: Retention | None = None
    messages: Messages | None = None
    records: tuple[Record, ...] = ()
    leave: Leave | None = None
    observance: Observance | None = None
    part_time: PartTime | None = None
    unauthorised_reasons: tuple[Reason, ...] = ()
    returns: tuple[Return, ...] = ()
    penalty: Penalty | None = None
    improvement_notice: Improvement | None = None
    measures: tuple[LegalMeasure, ...] = ()
    sources: tuple[LegalSource, ...] = ()
    reports: tuple[Report, ...] = ()
    training: tuple[Training, ...] = ()
    wellbeing: Wellbeing | None = None
    targets: tuple[Target, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    linked_policies: tuple[LinkedPolicy, ...] = ()
    systems: tuple[System, ...] = ()
    outline: Outline | None = None
    leftovers: tuple[Leftover, ...] = ()


class PolicyFile(Content):
    """One version of one layer of one body: a header and its sections."""

    format: Literal["1"]
    layer: Layer
    id: str
    name: str
    follows: Words = ()
    in_force: InForce
    document: str | None = None

    @model_validator(mode="after")
    def _follows_someone(self) -> Self:
        if self.layer is Layer.NATION and self.follows:
            raise ValueError("the nation's file follows nobody; leave `follows` out")
        if self.layer is not Layer.NATION and not self.follows:
            raise ValueError("this needs `follows`: the ids of the layers below, such as england")
        if self.id in self.follows:
            raise ValueError("this follows itself; `follows` names the layers below, such as england")
        return self


# Lists whose items are grouped by a key: the group of an upper layer replaces the lower layer's group.
KEYS: Mapping[str, str] = {
    "contacts": "id", "authorities": "id", "windows": "half", "duties": "duty", "calling": "id",
    "marking": "when", "evidence": "of", "thresholds": "id", "scales": "id", "ladders": "id",
    "returns": "id", "reports": "id", "measures": "called", "limits": "code",
}  # fmt: skip

HEADER = ("format", "layer", "id", "name", "follows", "in-force", "document")

__all__ = ["HEADER", "KEYS", "Content", "Layer", "PolicyFile"]
