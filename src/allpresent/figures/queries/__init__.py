"""What other rooms may ask about figures."""

from allpresent.figures.queries.sheets import sheet_of, years_with_marks

__all__ = ["sheet_of", "years_with_marks"]
