"""The rights that pages, actions and calls ask for."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    """One thing that a page, action or call asks permission for."""

    SEE_SCHOOL = "see the school's pages"
    TAKE_REGISTER = "take a register"
    SEE_REGISTERS = "see registers"
    AMEND_REGISTER = "amend a register"
    RECORD_LATE = "record a late arrival"
    RECORD_NOTICE = "record a message about an absence"
    PLAN_ABSENCE = "enter an absence ahead"
    CLOSE_SCHOOL = "record a closure"
    SEE_PUPIL = "see a pupil's page"
    SEE_CONTACTS = "see contacts"
    SEE_RESTRICTED = "see restricted facts of a pupil"
    KEEP_ROLL = "keep the admission register"
    DELETE_FROM_ROLL = "delete a name from the admission register"
    IMPORT_ROLL = "import a roll"
    SEE_POLICY = "see the policy"
    KEEP_POLICY = "load a policy"
    KEEP_CALENDAR = "keep the calendar"
    KEEP_STAFF = "keep the staff list"
