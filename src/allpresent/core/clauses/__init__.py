"""The clauses of the two policies, in our words, and how far each is met."""

from allpresent.core.clauses.table import (
    Clause,
    Difference,
    Kind,
    Policy,
    Row,
    Status,
    UnknownClause,
    clause,
    clauses,
    differences,
    read_clauses,
    read_differences,
    rows,
)

__all__ = [
    "Clause",
    "Difference",
    "Kind",
    "Policy",
    "Row",
    "Status",
    "UnknownClause",
    "clause",
    "clauses",
    "differences",
    "read_clauses",
    "read_differences",
    "rows",
]
