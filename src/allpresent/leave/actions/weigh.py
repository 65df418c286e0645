"""What others say of a request before it is decided, and the safeguarding check."""

from __future__ import annotations

from datetime import date, datetime

from allpresent.core.calendar.london import wall_clock
from allpresent.core.leave.consulting import Finding
from allpresent.leave.actions.keeping import keep, kept_before, sign
from allpresent.leave.lines import RequestLine
from allpresent.leave.models import Check, Consultation
from allpresent.shared.problems import Refused, refused
from allpresent.shared.signer import Signer

ANSWERED = "This request has been answered meanwhile. What you typed was not added."


def consult(
    *, line: RequestLine, party: str, whom: str, on_day: date, says: str, key: str, by: Signer, now: datetime
) -> Consultation | Refused:
    """Keep what somebody said when asked, on which day. (O-B-6.4.2, O-B-6.4.5, M-5.1e)"""
    row = Consultation(
        request_id=line.id, party=party, whom=whom, on_day=on_day, says=says, key=key, at=now, **sign(by)
    )
    if held := kept_before(row):
        return held
    if on_day > wall_clock(now)[0]:
        return refused("on_day", "This day has not come yet. Give the day when they were asked.")
    return refused("", ANSWERED) if line.decision or line.withdrawal else keep(row)


def record_check(
    *, line: RequestLine, finding: Finding, says: str, key: str, by: Signer, now: datetime
) -> Check | Refused:
    """Keep what the safeguarding check found; a later one takes the place of an earlier. (O-B-6.4.4)"""
    row = Check(request_id=line.id, finding=finding.value, says=says, key=key, at=now, **sign(by))
    if held := kept_before(row):
        return held
    if finding is Finding.CONCERN and not says.strip():
        return refused("says", "Say what the concern is, and what was done.")
    return refused("", ANSWERED) if line.decision or line.withdrawal else keep(row)
