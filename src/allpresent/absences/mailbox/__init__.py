"""The school's mailbox over IMAP: read, never changed. What it holds is proposed to a person (M-3.4a, O-B-7.7)."""

from allpresent.absences.mailbox.reading import read

__all__ = ["read"]
