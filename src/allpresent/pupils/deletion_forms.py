"""The questions of a ground for deletion, as a form made from the ground itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms

from allpresent.core.roll.deletion_case import Answer, JointEnquiry
from allpresent.core.roll.grounds import Ground, NeedKind
from allpresent.people.actions import Proposal
from allpresent.people.forms import RollForm, day, text
from allpresent.people.queries import WorkerToTell
from allpresent.shared.problems import Problem, Refused

YES_NO = [("yes", "Yes"), ("no", "No")]


class DayForm(RollForm):
    on = day(
        "Last day on the register", required=True, hint="Today or later. A name is never deleted for a day gone by."
    )


class GroundForm(DayForm):
    """One ground's questions. An unanswered question is for the rules to refuse, with their reason."""

    def __init__(self, *args, ground: Ground, workers: tuple[WorkerToTell, ...], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.ground = ground
        self.workers = workers
        for need in ground.needs:
            self.fields.update(_fields(need.key, need.kind, need.question))
        for worker in workers:
            self.fields[f"told_{worker.role}"] = _told(worker)

    def proposal(self) -> Proposal:
        """What the form proposes; only after it is valid."""
        told = {worker.role: self.cleaned_data[f"told_{worker.role}"] for worker in self.workers}
        return Proposal(
            ground=self.ground.letter,
            on=self.cleaned_data["on"],
            answers={need.key: found for need in self.ground.needs if (found := self._answer(need)) is not None},
            told={role: on for role, on in told.items() if on},
        )

    def _answer(self, need) -> Answer | None:
        held: Mapping[str, object] = self.cleaned_data
        match need.kind:
            case NeedKind.COMPUTED:
                return None
            case NeedKind.JOINT:
                return JointEnquiry(_day(held[f"{need.key}_school"]), _day(held[f"{need.key}_authority"]))
            case NeedKind.YES | NeedKind.NO:
                return {"yes": True, "no": False}.get(str(held[need.key]))
        return held[need.key] or None

    def refuse(self, refusal: Refused) -> None:
        """Problems of a joint enquiry and of workers land on their first field."""
        first = {"workers": next((f"told_{worker.role}" for worker in self.workers), "")}
        first |= {need.key: f"{need.key}_school" for need in self.ground.needs if need.kind is NeedKind.JOINT}
        super().refuse(Refused(tuple(Problem(first.get(key, key), message) for key, message in refusal.problems)))


def _fields(key: str, kind: NeedKind, question: str) -> dict[str, forms.Field]:
    match kind:
        case NeedKind.YES | NeedKind.NO:
            return {key: forms.ChoiceField(label=question, choices=YES_NO, required=False, widget=forms.RadioSelect)}
        case NeedKind.DATE:
            return {key: _asked(day(question))}
        case NeedKind.TEXT:
            return {key: _asked(text(question, longest=300))}
        case NeedKind.JOINT:
            return {
                f"{key}_school": _asked(day(f"{question} The school's day")),
                f"{key}_authority": _asked(day(f"{question} The authority's day")),
            }
    return {}


def _told(worker: WorkerToTell) -> forms.Field:
    named = f" ({', '.join(worker.names)})" if worker.names else ""
    hint = "" if worker.names else "A characteristic says that there is one, though no name is recorded."
    return _asked(day(f"On which day was the pupil's {worker.label.lower()}{named} told?", hint=hint))


def _asked(field: forms.Field) -> forms.Field:
    """A question that has to be answered, though leaving it is for the rules to refuse."""
    field.asked = True
    return field


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
