"""The national attendance codes as dated data, and what each means in law, on site and in statistics."""

from allpresent.core.codes.code import Code, Detail, EnteredBy, Statistical
from allpresent.core.codes.reading import read_code
from allpresent.core.codes.table import CodeSet, all_codes, code_set_on, code_spans, newest_code_set
from allpresent.core.codes.unknown import UnknownCode

__all__ = [
    "Code",
    "CodeSet",
    "Detail",
    "EnteredBy",
    "Statistical",
    "UnknownCode",
    "all_codes",
    "code_set_on",
    "code_spans",
    "newest_code_set",
    "read_code",
]
