"""What is kept of absences before anybody decides: what was said, and the evidence given."""

from allpresent.absences.models.evidence import Evidence, EvidenceWithdrawn
from allpresent.absences.models.mail import Mail, MailboxPlace, MailHandled
from allpresent.absences.models.notices import REASONS, Notice

__all__ = ["REASONS", "Evidence", "EvidenceWithdrawn", "Mail", "MailHandled", "MailboxPlace", "Notice"]
