"""Reads the Department for Education's published files: counts by code, and which count a rate is of."""

import csv
import re
from collections.abc import Iterator

from tests.shared_data import shared

Row = dict[str, str]

RATES = {
    "attendance_perc": "overall_attendance",
    "overall_absence_perc": "overall_absence",
    "authorised_absence_perc": "authorised_absence",
    "unauthorised_absence_perc": "unauthorised_absence",
    "illness_perc": "reason_i_authorised_illness",
    "appointments_perc": "reason_m_authorised_medical_dental",
    "unauth_hol_perc": "reason_g_unauthorised_holiday",
    "unauth_oth_perc": "reason_o_other_unauthorised",
    "unauth_late_registers_closed_perc": "reason_u_unauthorised_late_after_registers_closed",
    "unauth_not_yet_perc": "reason_n_no_reason_yet",
    "auth_religious_perc": "reason_r_authorised_religious_observance",
    "auth_study_perc": "reason_s_authorised_study_leave",
    "auth_mob_perc": "reason_t_authorised_mobile_child",
    "auth_excluded_perc": "reason_e_authorised_excluded",
    "auth_performance_perc": "reason_c1_authorised_regulated_performance",
    "auth_interview_perc": "reason_j1_authorised_interview",
    "auth_part_time_perc": "reason_c2_authorised_temp_reduced_timetable",
    "auth_other_perc": "reason_c_authorised_other",
}
NAMED_IN_WORDS = {
    "reason_present_am": "/",
    "reason_present_pm": "\\",
    "reason_not_attending_planned_closed": "#",
}
CENSUS_REASONS = {
    "sess_auth_illness": "I",
    "sess_auth_appointments": "M",
    "sess_auth_religious": "R",
    "sess_auth_study": "S",
    "sess_auth_traveller": "T",
    "sess_auth_holiday": "H",
    "sess_auth_ext_holiday": "F",
    "sess_auth_excluded": "E",
    "sess_auth_other": "C",
    "sess_unauth_holiday": "G",
    "sess_unauth_late": "U",
    "sess_unauth_other": "O",
    "sess_unauth_noyet": "N",
}
NO_FIGURE = {"z", "."}


def published(name: str) -> list[Row]:
    """The rows of one published file."""
    with shared("data", name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def withheld(row: Row) -> bool:
    """Whether DfE has withheld the row's counts, because they are of too few schools."""
    return "c" in row.values()


def counts_by_code(row: Row) -> dict[str, int]:
    """Sessions by code letter in one row of the attendance series."""
    return {letter: int(row[column]) for column, letter in _reason_columns(row)}


def census_counts(row: Row) -> dict[str, int]:
    """Sessions of absence by code letter in one row of the census series."""
    columns = {column: letter for column, letter in CENSUS_REASONS.items() if column in row}
    return {letter: int(row[column]) for column, letter in columns.items() if row[column] not in NO_FIGURE}


def _reason_columns(row: Row) -> Iterator[tuple[str, str]]:
    for column in row:
        if column in NAMED_IN_WORDS:
            yield column, NAMED_IN_WORDS[column]
        elif found := re.match(r"reason_([a-z]\d?)_", column):
            yield column, found[1].upper()
