"""What other rooms read of pupils. Small frozen records; nothing here writes."""

from allpresent.people.queries.contacts import PupilShort, contacts_short
from allpresent.people.queries.families import Sibling, Tie, siblings_of, tie_of, ties_by_address
from allpresent.people.queries.index import IndexLine, roll_index
from allpresent.people.queries.places import Place, PlacedAt, placed_by, places_on
from allpresent.people.queries.record import PupilRecord, record_of
from allpresent.people.queries.roll import (
    RollPupil,
    group_on,
    pupil_of,
    pupil_on_roll,
    pupils_of_group,
    pupils_on_roll,
)
from allpresent.people.queries.search import Found, search_pupils
from allpresent.people.queries.workers import WorkerToTell, workers_of

__all__ = [
    "Found",
    "IndexLine",
    "Place",
    "PlacedAt",
    "PupilRecord",
    "PupilShort",
    "RollPupil",
    "Sibling",
    "Tie",
    "WorkerToTell",
    "contacts_short",
    "group_on",
    "placed_by",
    "places_on",
    "pupil_of",
    "pupil_on_roll",
    "pupils_of_group",
    "pupils_on_roll",
    "record_of",
    "roll_index",
    "search_pupils",
    "siblings_of",
    "tie_of",
    "ties_by_address",
    "workers_of",
]
