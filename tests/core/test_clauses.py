"""The clause table: looked up by id, and refused with words when a row is wrong."""

import pytest

from allpresent.core.clauses import (
    Kind,
    Policy,
    Status,
    UnknownClause,
    clause,
    clauses,
    differences,
    read_clauses,
    read_differences,
    rows,
)

ROW = '["M-1a"]\nsays = "Targets are shown."\nkind = ["setting", "report"]\n'


def test_a_clause_is_found_by_its_id_with_its_policy():
    found = clause("O-A-2.3 / fn 2")
    assert found.id == "O-A-2.3 / fn 2"
    assert found.policy is Policy.OGBOURNE
    assert clause("M-App1").policy is Policy.MAGNUM_OPUS


def test_an_unknown_id_is_refused_with_the_nearest_ones():
    with pytest.raises(UnknownClause, match=r"'O-B-12\.1'.*Did you mean 'O-B-12\.1-12\.3'"):
        clause("O-B-12.1")


def test_ids_are_unique_across_clauses_and_differences():
    ids = [row.id for row in rows()]
    assert len(ids) == len(set(ids)) == len(clauses()) + len(differences())


def test_a_row_is_read():
    (found,) = read_clauses(ROW + 'status = "held"\nsee = "The pupil\'s page"\n')
    assert (found.id, found.says) == ("M-1a", "Targets are shown.")
    assert found.kind == (Kind.SETTING, Kind.REPORT)
    assert (found.status, found.see) == (Status.HELD, "The pupil's page")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (ROW, "M-1a lacks 'status'"),
        (ROW + 'status = "done"', "M-1a: 'done' is not a valid Status"),
        (ROW + 'status = "held"', "M-1a: it is marked held, but not where a user sees it"),
        (ROW + 'status = "not yet"\nsee = "Today"', "M-1a: it is marked not yet, but says where to see it"),
        (ROW.replace("report", "page") + 'status = "not yet"', "M-1a: 'page' is not a valid Kind"),
    ],
)
def test_a_wrong_row_is_refused_by_name(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        read_clauses(text)


def test_a_difference_must_give_both_policies():
    with pytest.raises(ValueError, match="R days lacks 'ogbourne'"):
        read_differences('["R days"]\nmagnum_opus = "the day itself"\nstatus = "not yet"')
