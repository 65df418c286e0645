"""The closed lists of words that a policy file may use for people, channels, events and duties."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A word of a closed list. Capitals and spaces do not matter: Monday is monday, first day is first-day."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return next((word for word in cls if word.value == str(value).lower().replace(" ", "-")), None)


class Party(Word):
    """People and bodies outside the setting's own roles."""

    PARENT = "parent"
    EACH_PARENT = "each-parent"
    LIVES_WITH = "parent-lived-with"
    EMERGENCY = "emergency-contact"
    PUPIL = "pupil"
    COMMISSIONER = "commissioner"
    AUTHORITY = "authority"
    MISSING_EDUCATION = "missing-education-team"
    INCLUSION = "inclusion-team"
    SOCIAL_WORKER = "social-worker"
    YOUTH_JUSTICE = "youth-justice-worker"
    VIRTUAL_SCHOOL = "virtual-school"
    PROFESSIONALS = "other-professionals"
    POLICE = "police"
    HEALTH = "health-services"
    PROVIDER = "provider"
    OTHER_SCHOOL = "other-school"
    BOARD = "board"
    TRUST = "trust"
    DEPARTMENT = "department-for-education"
    SCHOOL = "school"


class Channel(Word):
    """The ways a message goes."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    POSTCARD = "postcard"
    PORTAL = "portal"
    APP = "app"
    FORM = "form"
    VISIT = "visit"
    MEETING = "meeting"
    REPORT = "report"
    IN_PERSON = "in-person"


class Circumstance(Word):
    """What may be true of a pupil so that a different rule holds."""

    SOCIAL_WORKER = "social-worker"
    IN_CARE = "child-in-care"
    PREVIOUSLY_IN_CARE = "previously-in-care"
    YOUTH_JUSTICE = "youth-justice-worker"
    EHC_PLAN = "ehc-plan"
    SEND_SUPPORT = "send-support"
    DISADVANTAGED = "disadvantaged"
    YOUNG_CARER = "young-carer"
    MEDICAL = "medical-condition"
    TRAVELLER = "traveller"
    SERVICE_FAMILY = "service-family"
    AT_RISK = "at-risk"
    NEW_MIGRANT = "new-migrant"
    BOARDER = "boarder"
    DAY_PUPIL = "day-pupil"
    COMPULSORY_AGE = "compulsory-age"
    NOT_COMPULSORY_AGE = "not-compulsory-age"


class Event(Word):
    """The moments that deadlines run from and that steps wait for."""

    EXPECTED_ARRIVAL = "expected-arrival"
    REGISTER_OPENS = "register-opens"
    REGISTER_CLOSES = "register-closes"
    NO_CONTACT = "no-contact"
    ABSENCE = "absence"
    UNEXPLAINED = "unexplained-absence"
    LATE = "late-arrival"
    STILL_ABSENT = "still-absent"
    NO_ANSWER = "no-answer"
    CONCERN = "concern-for-welfare"
    LEFT_SITE = "left-without-permission"
    NOT_RETURNED = "not-returned"
    BEFORE_CHANGE = "before-the-mark-changes"
    BEFORE_ABSENCE = "before-the-absence"
    BEFORE_DELETION = "before-deletion"
    ROLL_CHANGE = "roll-change"
    SESSION = "session"
    LESSON = "lesson-starts"
    THRESHOLD = "threshold"
    NOTICE_RECEIVED = "notice-received"


class DutyKind(Word):
    """What somebody has to do. Statements about the same duty are compared with one another."""

    REPORT_ABSENCE = "report-absence"
    GIVE_RETURN_DATE = "give-return-date"
    REPORT_APPOINTMENT = "report-appointment"
    COMPLETE_REGISTER = "complete-register"
    SUBMIT_MARKS = "submit-marks"
    LESSON_REGISTER = "complete-lesson-register"
    CONTACT_HOME = "contact-home"
    CONTACT_AGAIN = "contact-again"
    CONTACT_OTHERS = "contact-others"
    CHECK_WELFARE = "check-welfare"
    PASS_ON_MISSING = "pass-on-missing"
    PASS_ON_ABSENCE = "pass-on-absence"
    PASS_ON_LATE = "pass-on-late"
    PASS_ON_UNEXPLAINED = "pass-on-unexplained"
    PASS_ON_DELETION = "pass-on-deletion"
    PASS_ON_ROLL_CHANGE = "pass-on-roll-change"
    PASS_ON_FALLING = "pass-on-falling-attendance"
    PASS_ON_LEFT_SITE = "pass-on-left-site"
    SHARE_AT_RISK = "share-at-risk"
    WARN_PARENT = "warn-parent"
    CONTACT_LOW = "contact-about-low-attendance"
    RECEIVE_MARKS = "receive-provider-marks"
    REFER_MISSING = "refer-missing-education"
    CONSULT = "consult-before-leave"
    SIGN_OUT = "sign-out"
    SEND_HOME = "send-home-ill"
    REVIEW_CONTACTS = "review-contacts"
    BRIEF_SAFEGUARDING = "brief-safeguarding-lead"
    MEET_ABOUT_LATENESS = "meet-about-lateness"


class Case(Word):
    """What may happen in or around a session that decides what is marked."""

    IN_SCHOOL = "in-school-when-taken"
    MISSING = "missing-at-registration"
    LATE_BEFORE_CLOSE = "arrives-before-close"
    LATE_AFTER_CLOSE = "arrives-after-close"
    LATE_WITH_REASON = "arrives-after-close-with-reason"
    NO_REASON = "no-reason-at-close"
    LEFT_LATER = "leaves-after-registration"
    ELSEWHERE = "attends-elsewhere"
    ABSENT_ELSEWHERE = "absent-elsewhere"
    ILL = "illness-reported"
    ILL_DOUBTED = "illness-doubted"
    ILL_UNREPORTED = "illness-not-reported-first-day"
    APPOINTMENT = "appointment-told-in-advance"
    APPOINTMENT_UNPROVED = "appointment-not-shown"
    OVERSTAYED = "longer-than-leave"
    OBSERVANCE_EXTRA = "more-days-of-observance"
    NOT_ACCEPTED = "reason-not-accepted"


class Action(Word):
    """What a step of a ladder consists of."""

    PRAISE = "praise"
    REWARD = "reward"
    CONVERSATION = "conversation"
    DETENTION = "detention"
    REPORT_CARD = "report-card"
    CALL = "call"
    MESSAGE = "message"
    LETTER = "letter"
    MEETING = "meeting"
    VISIT = "home-visit"
    PLAN = "support-plan"
    EARLY_HELP = "early-help"
    REFERRAL = "referral"
    CONTRACT = "attendance-contract"
    NOTICE = "notice-to-improve"
    PENALTY = "penalty-notice"
    SUPERVISION = "education-supervision-order"
    PROSECUTION = "prosecution"


class OnDay(Word):
    """Which day of an absence a duty falls on."""

    FIRST = "first-day"
    EACH = "each-day"
    EACH_LATER = "each-later-day"


class Weekday(Word):
    """Days of the week, in order."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class CountsAs(Word):
    """What a document says a group of codes counts as in figures."""

    ATTENDANCE = "attendance"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not-possible"
    NOT_COLLECTED = "not-collected"
    NOT_ABSENCE = "not-absence"


class Ground(Word):
    """Grounds on which a policy may say that leave can be given."""

    PERFORMANCE = "regulated-performance"
    EMPLOYMENT_ABROAD = "regulated-employment-abroad"
    APPOINTMENT = "medical-or-dental-appointment"
    INTERVIEW = "interview"
    STUDY = "study-leave"
    PART_TIME = "temporary-part-time-timetable"
    EXCEPTIONAL = "exceptional-circumstances"
    HOLIDAY = "holiday"
    EMPLOYMENT = "other-employment"
    OTHER = "other"
