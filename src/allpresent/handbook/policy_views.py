"""The policy as the school has it: what is in force, the clause behind each setting, the codes, the file itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.clauses import Clause, UnknownClause
from allpresent.core.clauses import clause as clause_of
from allpresent.core.codes import Code, code_set_on
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.policy.in_words import Section, sections
from allpresent.core.policy.policy import ListedCode, Policy
from allpresent.handbook.policy_facts import Fact, facts_of
from allpresent.schools import actions
from allpresent.schools.forms import PolicyForm
from allpresent.schools.models import PolicyVersion, School
from allpresent.schools.queries import setting_of
from allpresent.shared import clock

LARGEST_FILE = 500_000


@dataclass(frozen=True)
class PolicyPage:
    policy: Policy
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    versions: tuple[PolicyVersion, ...]
    day: date


@dataclass(frozen=True)
class CodeRow:
    """A code as the law has it, and as the school words it."""

    code: Code
    listed: ListedCode | None


@needs(Right.SEE_POLICY)
def policy(request: StaffRequest) -> HttpResponse:
    """What the policy says today, each setting with its clause."""
    day = clock.today()
    policy = setting_of(request.school).policy_on(day)
    page = PolicyPage(policy, facts_of(policy, day), sections(policy), _versions(request.school), day)
    may_keep = request.staff.may(Right.KEEP_POLICY, request.school)
    return render(request, "handbook/policy.html", {"page": page, "may_keep": may_keep})


@needs(Right.SEE_POLICY)
def codes(request: StaffRequest) -> HttpResponse:
    """The codes of today: the three meanings of each, who enters it, the school's own words."""
    day = clock.today()
    own = setting_of(request.school).policy_on(day).code_list
    rows = tuple(CodeRow(code, own.get(code.letter)) for code in code_set_on(day).values())
    return render(request, "handbook/codes.html", {"rows": rows, "day": day})


@needs(Right.SEE_POLICY)
def clause(request: StaffRequest, clause: str) -> HttpResponse:
    """What one clause of the two founding policies asks of the system, and where it is met."""
    return render(request, "handbook/clause.html", {"clause": _clause(clause)})


def _clause(id: str) -> Clause:
    try:
        return clause_of(id)
    except UnknownClause as unknown:
        raise Http404 from unknown


@needs(Right.KEEP_POLICY)
def load(request: StaffRequest) -> HttpResponse:
    """Load a new version of the school's policy file: every fault named by line, or none and it is in force."""
    form = PolicyForm(request.POST, request.FILES) if request.method == "POST" else PolicyForm()
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        problems = _load(request, form.cleaned_data["file"])
        if not problems:
            messages.success(request, "The policy is loaded.")
            return redirect("policy", school=request.school.slug)
    wrong = bool(problems or form.errors)
    return render(
        request, "handbook/load_policy.html", {"form": form, "problems": problems}, status=422 if wrong else 200
    )


def _load(request: StaffRequest, file) -> tuple[str, ...]:
    if file.size > LARGEST_FILE:
        return (f"{file.name} is too large for a policy file: it may have {LARGEST_FILE // 1000} KB.",)
    try:
        text = file.read().decode("utf-8-sig")
        actions.load_policy(
            text=text, name=file.name, school=request.school, by=request.staff.signer(request.school), now=clock.now()
        )
    except UnicodeDecodeError:
        return (f"{file.name} is not a text file in UTF-8. Save it again as plain text.",)
    except PolicyProblem as problem:
        return tuple(str(finding) for finding in problem.findings)
    return ()


def _versions(school: School) -> tuple[PolicyVersion, ...]:
    own = PolicyVersion.objects.filter(school=school)
    if school.trust_id:
        own |= PolicyVersion.objects.filter(trust_id=school.trust_id)
    return tuple(own.order_by("-loaded_at", "-id"))
