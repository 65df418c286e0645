"""A school's own words for a template."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from allpresent.core.messages.wording import wording_faults
from allpresent.messages.models import TemplateVersion
from allpresent.messages.wordings import wording_of
from allpresent.schools.models import School
from allpresent.shared.problems import Problem, Refused
from allpresent.shared.signer import Signer


def keep_wording(
    *, school: School, template: str, subject: str, body: str, by: Signer, now: datetime
) -> TemplateVersion | Refused | None:
    """Keep new words for a template; the older stay to be read. None: they are the words that hold already.

    Refused names each field that the template does not declare. Raises LookupError for no such template. (M-3.2c)
    """
    held = wording_of(school, template)
    wanted = replace(held, subject=subject.strip(), body=body.replace("\r\n", "\n").strip())
    if problems := tuple(Problem(part, says) for part, says in wording_faults(wanted)):
        return Refused(problems)
    if (wanted.subject, wanted.body) == (held.subject, held.body.strip()):
        return None
    return TemplateVersion.objects.create(
        school=school, template=template, subject=wanted.subject, body=wanted.body, at=now, by_id=by.user_id,
        by_name=by.name, by_position=by.position,
    )  # fmt: skip
