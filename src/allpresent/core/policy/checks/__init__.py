"""Checks of a policy against itself and the law. Each rule is one small function; this is the whole list."""

from __future__ import annotations

from allpresent.core.policy.checks import (
    clock,
    codes,
    duties,
    enforcement,
    law,
    likeness,
    paper,
    people,
    reach,
    response,
    sources,
    statements,
)
from allpresent.core.policy.checks.subject import Rule, Subject, subject_of
from allpresent.core.policy.document import Document
from allpresent.core.policy.faults import faults
from allpresent.core.policy.findings import Finding
from allpresent.core.policy.layers import in_force
from allpresent.core.policy.library import Find, packaged_versions, with_followed
from allpresent.core.policy.model.content import Layer

RULES: tuple[Rule, ...] = (
    clock.odd_time,
    clock.completion_before_close,
    clock.unequal_windows,
    clock.late_after_close,
    statements.said_twice,
    statements.says_otherwise,
    statements.called_before_due,
    statements.arrival_differs,
    duties.two_deadlines,
    duties.channels_differ,
    duties.contact_order,
    duties.contact_circle,
    duties.absent_before_close,
    people.role_labels,
    people.role_unknown,
    people.two_systems,
    law.differs_from_law,
    law.settles_into_nothing,
    law.compulsory_age_in_words,
    law.grounds_beyond_law,
    law.leave_after_the_event,
    law.return_later,
    law.improvement_out_of_range,
    law.law_not_stated,
    law.status_unknown,
    likeness.called_like_law,
    likeness.marked_against_law,
    likeness.observance_longer,
    enforcement.penalty_below_threshold,
    enforcement.fined_without_support,
    reach.threshold_unused,
    reach.authority_unknown,
    reach.contact_unknown,
    reach.warning_unknown,
    reach.bands_stop_short,
    codes.wider_than_law,
    codes.counted_wrongly,
    codes.counted_together,
    codes.codes_left_out,
    sources.source_misnamed,
    sources.source_out_of_date,
    sources.edition_out_of_date,
    sources.link_broken,
    sources.editions_differ,
    response.edges_meet,
    response.same_label,
    response.warns_and_ends,
    response.old_names,
    paper.review_dates,
    paper.heading_misspelt,
    paper.number_twice,
    paper.contents_differ,
    paper.unfinished,
)


def check(document: Document, find: Find = packaged_versions) -> tuple[Finding, ...]:
    """Everything to be said about `document` with the layers it follows, as on its first day in force.

    `find` finds the versions of a body it follows; by itself, in the package. Where there are errors, only
    they are given. Raises PolicyProblem when the layers cannot be brought together at all.
    """
    layers = in_force(document.file.in_force.from_, with_followed(document, find))
    if document.file.layer is Layer.NATION:
        return ()
    subject = subject_of(layers)
    errors = tuple(faults(subject.whole, layers))
    return errors or examine(subject)


def examine(subject: Subject) -> tuple[Finding, ...]:
    """What every rule says about a subject, in the order of files and lines."""
    files = [layer.tree.name for layer in subject.layers]
    found = (finding for rule in RULES for finding in rule(subject))
    return tuple(sorted(found, key=lambda finding: (-files.index(finding.file), finding.line)))
