"""The policy's pages: what is in force with its clauses, the codes, and loading a new version."""

from __future__ import annotations

from importlib.resources import files

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from allpresent.accounts.roles import Role
from allpresent.schools.models import PolicyVersion
from tests import world

pytestmark = pytest.mark.django_db
MAGNUM = (files("allpresent.core.policy") / "files" / "magnum-opus.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _in_term(at):
    at("2026-09-15 10:00")


def text(answer) -> str:
    return answer.content.decode()


def signed_in(client, school, role=Role.HEAD):
    return world.sign_in(client, world.staff(role=role, school=school))


def load(client, school, content: str | bytes, name: str = "policy.yaml"):
    data = content.encode() if isinstance(content, str) else content
    return client.post(f"/{school.slug}/policy/load/", {"file": SimpleUploadedFile(name, data)})


@pytest.mark.clause("O-B-3.1.4", "O-B-3.1.5", "O-B-3.1.6", "O-0b")
def test_ogbournes_times_are_shown_with_their_clauses(client):
    school = world.a_school()
    page = text(signed_in(client, school).get(f"/{school.slug}/policy/"))
    assert "gates open 8:40, begins 8:50" in page
    assert "taken at 8:50, open until 9:20" in page
    assert "taken at 13:10, open until 13:40" in page
    assert "(01672) 841318" in page
    assert f'href="/{school.slug}/policy/clauses/O-B-3.1.5/"' in page


@pytest.mark.clause("M-4.1b", "M-3.3c")
def test_magnums_times_are_shown_with_their_clauses(client):
    school = world.a_school(policy="magnum")
    page = text(signed_in(client, school).get(f"/{school.slug}/policy/"))
    assert "taken at 9:30, open until 10:00, to be sent in within 10 minutes" in page
    assert "taken at 13:00, open until 13:30" in page
    assert "1 September 2026, which has passed: the review is overdue" in page


@pytest.mark.clause("M-App1")
def test_the_codes_are_the_thirty_four_of_the_appendix_in_the_settings_own_words(client):
    school = world.a_school(policy="magnum")
    page = text(signed_in(client, school).get(f"/{school.slug}/policy/codes/"))
    assert page.count('scope="row"') == 34
    assert "not in the policy" not in page
    assert "Parent travelling for occupational purposes" in page
    assert "Absent – leave of absence" in page


@pytest.mark.parametrize("id", ["M-4.1d", "O-B-27", "O-A-2.3 / fn 2"])
def test_each_clause_has_its_page(client, id):
    school = world.a_school()
    answer = signed_in(client, school).get(f"/{school.slug}/policy/clauses/{id}/")
    assert answer.status_code == 200
    assert f"Clause {id}" in text(answer)


def test_a_clause_that_is_not_there_does_not_exist(client):
    school = world.a_school()
    assert signed_in(client, school).get(f"/{school.slug}/policy/clauses/M-99/").status_code == 404


def test_a_school_without_a_policy_is_told_what_that_means(client):
    school = world.a_school(policy="")
    page = text(signed_in(client, school).get(f"/{school.slug}/policy/"))
    assert "the national layer alone is in force, and it holds no register times" in page


def test_loading_a_policy_puts_it_in_force(client):
    school = world.a_school(policy="")
    answer = load(signed_in(client, school), school, MAGNUM, "magnum-opus.yaml")
    assert answer.url == f"/{school.slug}/policy/"
    page = text(client.get(answer.url))
    assert "taken at 9:30, open until 10:00" in page
    assert "loaded 15 September 2026 at 10:00" in page


BAD = {
    "not yaml": "format: [1",
    "no text": b"\xff\xfe\x00",
    "another format": MAGNUM.replace("format: 1", "format: 9"),
    "a wrong time": MAGNUM.replace("closes: 10am", 'closes: "25:00"'),
    "open too long": MAGNUM.replace("closes: 10am", "closes: 11am"),
    "a body that nobody loaded": MAGNUM.replace("follows: england", "follows: another-trust"),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_used_changes_nothing_and_says_why(client, content):
    school = world.a_school()
    answer = load(signed_in(client, school), school, content)
    assert answer.status_code == 422
    assert "The file cannot be used yet, and nothing was changed" in text(answer)
    assert "<title>Error: Load a policy" in text(answer)
    assert PolicyVersion.objects.filter(school=school).count() == 2
    assert client.get(f"/{school.slug}/").status_code == 200


def test_a_file_too_large_and_no_file_at_all(client):
    school = world.a_school()
    head = signed_in(client, school)
    assert "is too large for a policy file" in text(load(head, school, "#" * 600_000))
    assert "Choose a policy file" in text(head.post(f"/{school.slug}/policy/load/"))


def test_a_hostile_file_name_is_only_text(client):
    school = world.a_school()
    page = text(load(signed_in(client, school), school, "format: [1", "<img src=x onerror=alert(1)>.yaml"))
    assert "<img src=x" not in page
