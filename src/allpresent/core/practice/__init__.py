"""Practice against policy: whether each step came by the time that the policy gives it."""

from allpresent.core.practice.clock import Case, Clock, Subject, Verdict
from allpresent.core.practice.judging import Judged, Practice, judge

__all__ = ["Case", "Clock", "Judged", "Practice", "Subject", "Verdict", "judge"]
