"""Which statements of a policy ask that offers of support and referrals be recorded (M-4.5f)."""

from __future__ import annotations

from allpresent.core.policy.policy import Policy

_SPEAKS_OF = ("support", "referral", "referred")


def support_clauses(policy: Policy) -> tuple[str, ...]:
    """The clauses or sources of the policy's `records` that speak of support or referrals; () where none does.

    Source: `records` of the policy, such as M-4.5f.
    """
    of_support = (
        record for record in policy.content.records if any(word in record.what.lower() for word in _SPEAKS_OF)
    )
    return tuple(dict.fromkeys(id_ for record in of_support for id_ in record.clause or record.source))
