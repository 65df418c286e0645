"""`allpresent new-school NAME`: opens a school with its policy, its terms and its first head. All of it, or nothing."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from allpresent.commands.errors import CommandError
from allpresent.commands.policy_file import policy_file_text
from allpresent.commands.prepare import make_tables, start_django
from allpresent.commands.terms_csv import TermsRead, read_terms
from allpresent.core.calendar.bank_holidays import BankHolidaysNotKnown
from allpresent.core.policy import PolicyProblem, read_policy
from allpresent.core.policy.model.content import Layer

if TYPE_CHECKING:
    from allpresent.accounts.actions import Appointed
    from allpresent.schools.models import School

_KINDS = ("mainstream", "special", "pru", "ap", "independent", "nursery")


class PolicyText(NamedTuple):
    """A policy file that can be read: its name, its text, whose it is."""

    name: str
    text: str
    layer: Layer


def add_parser(subparsers: Any) -> None:
    """Add `new-school` to the command line."""
    parser = subparsers.add_parser(
        "new-school",
        description="Open a school: its policy, its terms and its first head, whose password is printed once. "
        "Everything is checked first; unless all of it is right, nothing is written.",
    )
    parser.add_argument("name", metavar="NAME", help='the school\'s name, such as "Elm Lane School"')
    parser.add_argument("--address", metavar="WORD", help="its name in web addresses (default: made from NAME)")
    parser.add_argument("--kind", choices=_KINDS, required=True)
    parser.add_argument("--trust", metavar="NAME", default="", help="its trust, which is opened if there is none")
    parser.add_argument("--authority", metavar="NAME", default="", help="its local authority")
    parser.add_argument("--la-code", metavar="NNN", default="", help="the authority's code, three digits")
    parser.add_argument("--estab", metavar="NNNN", default="", help="its establishment number, four digits")
    parser.add_argument("--urn", metavar="NNNNNN", default="", help="its unique reference number, six digits")
    parser.add_argument(
        "--policy", type=Path, metavar="FILE", action="append", required=True,
        help="its policy file; give a trust's first and the school's after it",
    )  # fmt: skip
    parser.add_argument("--terms", type=Path, metavar="FILE", help="a CSV of terms: name,starts,ends")
    parser.add_argument("--head-email", metavar="ADDRESS", required=True, help="the first head signs in with it")
    parser.add_argument("--head-name", metavar="NAME", required=True)
    parser.add_argument("--head-position", metavar="WORDS", default="Head teacher")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check everything, write everything, say how the head signs in. Raises CommandError with every fault."""
    start_django()
    make_tables()
    from django.utils.text import slugify

    from allpresent.commands.new_school_checks import faults_of

    args.address = args.address or slugify(args.name)
    terms = read_terms(args.terms) if args.terms else TermsRead((), ())
    faults = [*faults_of(args), *terms.faults]
    policies = [policy for file in args.policy for policy in _read(file, faults)]
    _refuse(faults)
    school, head = _open(args, policies, terms)
    print(_words(school, head))
    return 0


def _read(file: Path, faults: list[str]) -> Iterator[PolicyText]:
    """A policy file, read; what is wrong with it is added to the faults."""
    try:
        text = policy_file_text(file)
        yield PolicyText(file.name, text, read_policy(text, file.name).file.layer)
    except CommandError as fault:
        faults.append(str(fault))
    except PolicyProblem as problem:
        faults += [str(finding) for finding in problem.findings]


def _refuse(faults: list[str]) -> None:
    if faults:
        raise CommandError("nothing was written.\n" + "\n".join(f"  {fault}" for fault in faults))


def _open(args: argparse.Namespace, policies: list[PolicyText], terms: TermsRead) -> tuple[School, Appointed]:
    from django.db import transaction

    try:
        with transaction.atomic():
            return _write(args, policies, terms)
    except PolicyProblem as problem:
        _refuse([str(finding) for finding in problem.findings])
    except BankHolidaysNotKnown as problem:
        _refuse([str(problem)])
    raise AssertionError("unreachable")


def _write(args: argparse.Namespace, policies: list[PolicyText], terms: TermsRead) -> tuple[School, Appointed]:
    from allpresent.accounts.actions import Post, appoint
    from allpresent.accounts.reach import SERVER
    from allpresent.accounts.roles import Role
    from allpresent.schools.actions import add_term, open_school
    from allpresent.schools.models import School
    from allpresent.schools.queries import setting_of
    from allpresent.shared import clock
    from allpresent.shared.signer import Signer

    signed = {"by": Signer(None, getpass.getuser(), "at the command line"), "now": clock.now()}
    school = open_school(
        name=args.name, slug=args.address, kind=School.Kind(args.kind), authority=args.authority, la_code=args.la_code,
        estab=args.estab, urn=args.urn, trust_name=args.trust,
    )  # fmt: skip
    for term in terms.terms:
        add_term(school=school, name=term.name, starts=term.starts, ends=term.ends, **signed)
    for policy in policies:
        _load(policy, school, signed)
    setting_of(school).policy_on(clock.today())
    post = Post(Role.HEAD, args.head_position, clock.today())
    head = appoint(email=args.head_email, name=args.head_name, post=post, place=school, reach=SERVER, **signed)
    return school, head


def _load(policy: PolicyText, school: School, signed: dict[str, Any]) -> None:
    """Keep a policy file: a trust's for all its schools, once; any other for the school."""
    from allpresent.schools.actions import load_policy
    from allpresent.schools.models import PolicyVersion

    if school.trust is None or policy.layer is not Layer.TRUST:
        load_policy(text=policy.text, name=policy.name, school=school, **signed)
    elif not PolicyVersion.objects.filter(trust=school.trust, text=policy.text).exists():
        load_policy(text=policy.text, name=policy.name, trust=school.trust, **signed)


def _words(school: School, head: Appointed) -> str:
    user = head.appointment.user
    password = f"password {head.password} (shown once, to be changed)" if head.password else "the password they have"
    return f"{school.name} is open, at /{school.slug}/\n{user.name} signs in with {user.email} and {password}"
