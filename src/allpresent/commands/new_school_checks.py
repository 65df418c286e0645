"""What stands in the way of opening a school, told all at once."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.urls import get_resolver

from allpresent.schools.models import School

_DIGITS = (("la_code", "--la-code", 3), ("estab", "--estab", 4), ("urn", "--urn", 6))


def faults_of(args: argparse.Namespace) -> Iterator[str]:
    """Every fault of what was given, and whether the school is here already."""
    yield from _of_the_address(args.address)
    if School.objects.filter(name__iexact=args.name).exists():
        yield f"there is a school called {args.name} already"
    for field, option, length in _DIGITS:
        given = getattr(args, field)
        if given and not (given.isascii() and given.isdigit() and len(given) == length):
            yield f"{option} is {given!r}; expected {length} digits"
    if args.urn and School.objects.filter(urn=args.urn).exists():
        yield f"there is a school with the URN {args.urn} already"
    try:
        validate_email(args.head_email)
    except ValidationError:
        yield f"--head-email is {args.head_email!r}; expected an e-mail address"


def _of_the_address(address: str) -> Iterator[str]:
    try:
        validate_slug(address)
    except ValidationError:
        yield f"--address is {address!r}; expected letters, digits and hyphens, such as elm-lane"
    if School.objects.filter(slug=address).exists():
        yield f"a school is at /{address}/ already; give this one another --address"
    if address in _taken():
        yield f"/{address}/ is a page of the program; give the school another --address"


def _taken() -> frozenset[str]:
    """The first words of addresses that belong to no school."""
    return frozenset(str(pattern.pattern).split("/")[0] for pattern in _own(get_resolver().url_patterns)) | {"static"}


def _own(patterns: list) -> Iterator:
    for pattern in patterns:
        if str(pattern.pattern):
            yield pattern
        else:
            yield from _own(getattr(pattern, "url_patterns", []))
