"""What a column of a roll may hold: each field with its words, its reader and the headings it is known by.

No export's headings were confirmed by its vendor (data standards fact sheet section 7,
unconfirmed), so these are spellings in common use; a school's own choice is remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from allpresent.exchange.roll import values
from allpresent.exchange.roll.dates import read_date

CONTACTS = 4
"""How many people to ring a row may name."""


class Field(NamedTuple):
    """A field. `joins`: several columns may hold it, joined in order. `restricted`: only for who may see such facts."""

    key: str
    label: str
    read: Callable[[str], Any]
    headings: tuple[str, ...]
    joins: bool = False
    restricted: bool = False


_NAME = values.text_of(100)

PUPIL_FIELDS = (
    Field("upn", "UPN", values.upn, ("upn", "uniquepupilnumber", "pupilnumber")),
    Field(
        "admission_number",
        "Admission number",
        values.text_of(20),
        ("admissionno", "admissionnumber", "admno", "adno", "admission", "rollnumber"),
    ),
    Field(
        "full_name",
        "Whole name (Surname, Forename)",
        values.text_of(200),
        ("name", "pupilname", "studentname", "pupil", "student"),
    ),
    Field(
        "surname",
        "Surname",
        _NAME,
        ("surname", "legalsurname", "lastname", "familyname", "legallastname", "pupilsurname"),
    ),
    Field(
        "forename",
        "Forename",
        _NAME,
        ("forename", "firstname", "legalforename", "legalfirstname", "givenname", "pupilforename"),
    ),
    Field("middle_names", "Middle names", _NAME, ("middlenames", "middlename", "legalmiddlenames")),
    Field(
        "known_as",
        "Known as",
        _NAME,
        ("knownas", "preferredforename", "preferredname", "preferredfirstname", "chosenname"),
    ),
    Field("born", "Date of birth", read_date, ("dob", "dateofbirth", "birthdate", "born", "birthday")),
    Field("sex", "Sex", values.sex, ("sex", "gender", "legalsex")),
    Field(
        "year_group",
        "Year group",
        values.year_group,
        ("year", "ncyear", "yeargroup", "yr", "nationalcurriculumyear", "ncyeargroup", "ncyearactual", "yeartaughtin"),
    ),
    Field(
        "group",
        "Class or tutor group",
        values.text_of(60),
        ("reggroup", "registrationgroup", "class", "form", "tutorgroup", "group", "reg", "classname", "formgroup"),
    ),
    Field(
        "starts",
        "Starting day",
        read_date,
        ("startdate", "startingday", "dateofadmission", "admissiondate", "entrydate", "dateofentry", "doa", "starts"),
    ),
    Field(
        "address",
        "Address",
        values.text_of(1000),
        (
            "address",
            "homeaddress",
            "addressline1",
            "addressline2",
            "addressline3",
            "address1",
            "address2",
            "address3",
            "house",
            "street",
            "town",
            "city",
            "county",
            "postcode",
            "addressblock",
        ),
        joins=True,
    ),
    Field(
        "last_school",
        "School last attended",
        values.text_of(200),
        ("lastschool", "previousschool", "schoollastattended"),
    ),
    Field(
        "expected_sessions",
        "Expected sessions (Mon AM, Tue AM)",
        values.sessions,
        ("expectedsessions", "sessions", "expected", "attendancepattern", "timetable"),
    ),
    Field(
        "commissioner",
        "Commissioner",
        values.text_of(200),
        ("commissioner", "commissionedby", "commissioningschool", "homeschool", "placedby"),
    ),
    Field(
        "commissioner_kind",
        "Commissioner is a school or an authority",
        values.commissioner_kind,
        ("commissionerkind", "commissionertype", "placementtype"),
    ),
    Field("sen", "SEN status (E, K or N)", values.sen, ("sen", "senstatus", "sencode", "senprovision", "senneed")),
    Field("ehc_plan", "EHC plan (yes or no)", values.yes_no, ("ehcp", "ehcplan", "hasehcp")),
    Field(
        "free_meals",
        "Free school meals",
        values.yes_no,
        ("fsm", "freeschoolmeals", "fsmeligible", "eligibleforfreemeals"),
    ),
    Field(
        "looked_after",
        "Looked after",
        values.yes_no,
        ("lookedafter", "incare", "lac", "cla", "childlookedafter", "lookedafterchild"),
        restricted=True,
    ),
)

_CONTACT_FIELDS = (
    Field("name", "name", values.text_of(200), ("", "name", "fullname")),
    Field("forename", "forename", _NAME, ("forename", "firstname")),
    Field("surname", "surname", _NAME, ("surname", "lastname")),
    Field("relation", "relation", values.text_of(60), ("relation", "relationship", "relationshiptopupil")),
    Field(
        "phone", "telephone", values.phone, ("phone", "telephone", "tel", "number", "phonenumber", "telephonenumber")
    ),
    Field("mobile", "mobile", values.phone, ("mobile", "mobilephone", "mobilenumber", "mob")),
    Field("home_phone", "home telephone", values.phone, ("homephone", "hometelephone", "hometel", "home")),
    Field("work_phone", "work telephone", values.phone, ("workphone", "worktelephone", "worktel", "work")),
    Field("email", "e-mail", values.email, ("email", "emailaddress", "homeemail")),
    Field("address", "address", values.text_of(1000), ("address", "homeaddress", "postcode"), joins=True),
    Field(
        "lives_with",
        "pupil lives with them",
        values.yes_no,
        ("liveswith", "liveswithpupil", "pupilliveswith", "livesat"),
    ),
    Field(
        "parental_responsibility",
        "parental responsibility",
        values.yes_no,
        ("parentalresponsibility", "pr", "hasparentalresponsibility"),
    ),
    Field(
        "calling_order", "calling order", values.calling_order, ("callingorder", "order", "priority", "contactorder")
    ),
)


def contact_key(number: int, part: str) -> str:
    """'contact2.mobile'."""
    return f"contact{number}.{part}"


def _contact_fields() -> tuple[Field, ...]:
    return tuple(
        field._replace(key=contact_key(number, field.key), label=f"Contact {number}: {field.label}")
        for number in range(1, CONTACTS + 1)
        for field in _CONTACT_FIELDS
    )


FIELDS: dict[str, Field] = {field.key: field for field in (*PUPIL_FIELDS, *_contact_fields())}
CONTACT_PARTS: dict[str, tuple[str, ...]] = {field.key: field.headings for field in _CONTACT_FIELDS}


def offered(*, restricted: bool) -> tuple[Field, ...]:
    """The fields that may be chosen by somebody who may, or may not, see restricted facts."""
    return tuple(field for field in FIELDS.values() if restricted or not field.restricted)
