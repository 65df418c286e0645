"""The demonstration's policies: those of the package, without anybody's real name, number or address."""

from __future__ import annotations

import re

import pytest

from allpresent.core.policy.document import read_policy
from allpresent.demo.places import places
from allpresent.demo.policies import demonstration_text

NAMES = sorted({name for place in places() for name in place.policies})
TELEPHONE = re.compile(r"\(?0\d{3,4}\)? ?\d{3,6}(?: \d{3})?")
EMAIL = re.compile(r"[\w.]+@[\w.]+\w")
REAL = re.compile(r"Ogbourne|Excalibur|Magnum|Norfolk|(norfolk|wiltshire)\.gov|org\.uk")


@pytest.mark.parametrize("name", NAMES)
def test_nobody_real_can_be_rung_or_written_to(name):
    text = demonstration_text(name)
    assert all(number.startswith("01632 960") for number in TELEPHONE.findall(text))
    assert all(email.endswith("example.org") for email in EMAIL.findall(text))
    assert not REAL.search(text)


@pytest.mark.parametrize("name", NAMES)
def test_it_can_still_be_read(name):
    assert read_policy(demonstration_text(name), name).file.name in {
        "Thornhedge Primary School", "Larkfold Schools Trust", "The Kiln Learning Centre"
    }  # fmt: skip
