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
    LOG_CALL = "log a call"
    DECIDE_WELFARE = "decide on a welfare check or the police"
    SETTLE_ABSENCE = "settle the reason of an absence"
    ASK_LEAVE = "record a request for leave"
    CONSULTED_ON_LEAVE = "give advice on a request for leave"
    DECIDE_LEAVE = "decide on leave of absence"
    SIGN_OUT = "sign a pupil out or in"
    SEE_SITE = "see who is on site"
    KEEP_PROVIDERS = "keep providers and their daily word"
    SEE_MESSAGES = "see what was sent"
    SEND_MESSAGE = "send a message"
    KEEP_TEMPLATES = "keep the wording of messages"
    SEE_SHARING = "see what was passed on to others"
    SEE_PRACTICE = "see practice against policy"
    SEE_FIGURES = "see the figures of the whole school"
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
