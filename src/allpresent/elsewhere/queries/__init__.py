"""What other rooms read of pupils who are elsewhere. Small frozen records; nothing here writes."""

from allpresent.elsewhere.queries.arrangements import (
    Arranged,
    arrangement_of,
    arrangements_of,
    arrangements_on,
    arrangements_with,
)
from allpresent.elsewhere.queries.concerns import Concern, concerns, word_with_concern
from allpresent.elsewhere.queries.day import Away, asked_on, elsewhere_on, unconfirmed
from allpresent.elsewhere.queries.links import LinkHeld, link_of, link_of_school
from allpresent.elsewhere.queries.providers import ProviderLine, provider_line, provider_of, providers_of
from allpresent.elsewhere.queries.suspensions import SuspensionLine, suspension_of, suspensions_of
from allpresent.elsewhere.queries.words import Word, marks_fed, words_about

__all__ = [
    "Arranged",
    "Away",
    "Concern",
    "LinkHeld",
    "ProviderLine",
    "SuspensionLine",
    "Word",
    "arrangement_of",
    "arrangements_of",
    "arrangements_on",
    "arrangements_with",
    "asked_on",
    "concerns",
    "elsewhere_on",
    "link_of",
    "link_of_school",
    "marks_fed",
    "provider_line",
    "provider_of",
    "providers_of",
    "suspension_of",
    "suspensions_of",
    "unconfirmed",
    "word_with_concern",
    "words_about",
]
