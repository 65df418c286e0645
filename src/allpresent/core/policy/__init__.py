"""Policy is data: policy files, their three dated layers, and what they mean on a day."""

from allpresent.core.policy.checks import check
from allpresent.core.policy.document import Document, read_policy
from allpresent.core.policy.findings import Finding, PolicyProblem, Severity
from allpresent.core.policy.layers import policy_on
from allpresent.core.policy.library import packaged, packaged_versions, with_followed
from allpresent.core.policy.model.content import Layer
from allpresent.core.policy.policy import ListedCode, Policy, SessionWindow

__all__ = [
    "Document",
    "Finding",
    "Layer",
    "ListedCode",
    "Policy",
    "PolicyProblem",
    "SessionWindow",
    "Severity",
    "check",
    "packaged",
    "packaged_versions",
    "policy_on",
    "read_policy",
    "with_followed",
]
