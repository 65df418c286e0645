"""What other rooms read of messages and evidence. Small frozen records; nothing here writes."""

from allpresent.absences.queries.evidence import EvidenceHeld, evidence_kinds, evidence_of, evidence_one
from allpresent.absences.queries.mail import (
    MailboxState,
    MailLine,
    mail_of,
    mail_passed_over,
    mail_unread,
    mail_waiting,
    mail_waits,
    mailbox_state,
)
from allpresent.absences.queries.notices import (
    Notices,
    expected_back,
    holding_on,
    lines_in,
    notice_of,
    notices_ahead,
    notices_between,
    notices_for,
    notices_of,
    same_call,
    standing,
)

__all__ = [
    "EvidenceHeld",
    "MailLine",
    "MailboxState",
    "Notices",
    "evidence_kinds",
    "evidence_of",
    "evidence_one",
    "expected_back",
    "holding_on",
    "lines_in",
    "mail_of",
    "mail_passed_over",
    "mail_unread",
    "mail_waiting",
    "mail_waits",
    "mailbox_state",
    "notice_of",
    "notices_ahead",
    "notices_between",
    "notices_for",
    "notices_of",
    "same_call",
    "standing",
]
