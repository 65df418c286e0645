"""Figures that the Department for Education has published, as dated data: one file a publication."""

from allpresent.core.figures.published.library import all_published, newest, published
from allpresent.core.figures.published.reading import PublicationFault, read_publication
from allpresent.core.figures.published.record import ENGLAND, Kind, Phase, Publication, Published

__all__ = [
    "ENGLAND",
    "Kind",
    "Phase",
    "Publication",
    "PublicationFault",
    "Published",
    "all_published",
    "newest",
    "published",
    "read_publication",
]
