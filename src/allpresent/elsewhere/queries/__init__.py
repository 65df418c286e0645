"""What other rooms read of pupils who are elsewhere. Small frozen records; nothing here writes."""

from allpresent.elsewhere.queries.arrangements import Arranged, arrangement_of, arrangements_of, arrangements_on
from allpresent.elsewhere.queries.concerns import Concern, concerns
from allpresent.elsewhere.queries.day import Away, elsewhere_on, unconfirmed
from allpresent.elsewhere.queries.left_over import LeftOver, left_over
from allpresent.elsewhere.queries.links import LinkHeld, link_of
from allpresent.elsewhere.queries.providers import ProviderLine, provider_line, provider_of, providers_of
from allpresent.elsewhere.queries.suspensions import SuspensionLine, suspension_of, suspensions_of
from allpresent.elsewhere.queries.words import Word, words_about

__all__ = [
    "Arranged",
    "Away",
    "Concern",
    "LeftOver",
    "LinkHeld",
    "ProviderLine",
    "SuspensionLine",
    "Word",
    "arrangement_of",
    "arrangements_of",
    "arrangements_on",
    "concerns",
    "elsewhere_on",
    "left_over",
    "link_of",
    "provider_line",
    "provider_of",
    "providers_of",
    "suspension_of",
    "suspensions_of",
    "unconfirmed",
    "words_about",
]
