"""What is kept so that figures come quickly, which may be thrown away; and whether a school wants chances shown."""

from __future__ import annotations

from django.db import models

from allpresent.shared.models import SignedModel


class YearSheet(models.Model):
    """A cache: one academic year of a school's marks, a byte a session, as they stood after entry `last_entry`.

    `pupils`: ids, eight bytes each. `cells`: a row a pupil (figures/sheet.py), compressed. `letters`: what each byte
    stands for. `stamp`: another one each time it is kept. The entries made since are folded in whenever it is read.
    """

    school = models.ForeignKey("schools.School", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    letters = models.CharField(max_length=200)
    last_entry = models.BigIntegerField()
    kept_at = models.DateTimeField()
    stamp = models.UUIDField()
    pupils = models.BinaryField()
    cells = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_sheet_of_a_year", fields=["school", "year"])]


class ChancesSwitch(SignedModel):
    """Somebody had the chances of a school's pupils shown, or no longer shown. The newest counts; with none, shown."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    shown = models.BooleanField()


class KeptQuestion(models.Model):
    """A question under a name, for whoever kept it or for all staff who see figures. May be let go again.

    `query`: the address of the question (figures/asking.py). What it may show is asked anew whenever it is opened.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    query = models.TextField()
    shared = models.BooleanField()
    at = models.DateTimeField()
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(name="one_kept_question_of_a_name", fields=["school", "by_id", "name"])]
