"""The policies that the demonstration follows: the program's own, under invented names, numbers and addresses."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files

from allpresent.core.policy.document import read_policy
from allpresent.core.policy.model.content import Layer
from allpresent.schools.actions import load_policy
from allpresent.schools.models import School
from allpresent.shared.signer import Signer

# Nobody who tries the demonstration should ring a real school, or write to a real authority's team.
INSTEAD = {
    "Ogbourne CE Primary": "Thornhedge Primary School",
    "Excalibur Academies Trust": "Larkfold Schools Trust",
    "Magnum Opus Training": "The Kiln Learning Centre",
    "letters@ogbourne.excalibur.org.uk": "attendance@thornhedge.example.org",
    "office@magnumopustraining.com": "office@kiln.example.org",
    "pupilmove@wiltshire.gov.uk": "missing-education@example.org",
    "cme@norfolk.gov.uk": "missing-education@example.org",
    "https://www.norfolk.gov.uk/children-missing-education-schools": "https://www.example.org/missing-education",
    "Norfolk County Council": "Wiltshire Council",
    "in Norfolk": "in Wiltshire",
    "norfolk": "wiltshire",
    "(01672) 841318": "01632 960101",
    "07972 870530": "01632 960201",
    "01603 307716": "01632 960301",
}


def demonstration_text(name: str) -> str:
    """The text of a policy file of the package, with invented names, numbers and addresses."""
    text = files("allpresent.core.policy").joinpath("files", name).read_text("utf-8")
    for real, invented in INSTEAD.items():
        text = text.replace(real, invented)
    return text


def load_policies(school: School, names: tuple[str, ...], *, by: Signer, now: datetime) -> None:
    """Load a place's policy: the trust's layer for the trust, the rest for the place itself."""
    for name in names:
        text = demonstration_text(name)
        layer = read_policy(text, name).file.layer
        whose = {"trust": school.trust} if layer is Layer.TRUST else {"school": school}
        load_policy(text=text, name=name, by=by, now=now, **whose)
    school.refresh_from_db(fields=["edition"])
