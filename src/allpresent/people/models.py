"""Pupils, the adults around them, and the dated roll (the admission register)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from allpresent.shared.models import SignedModel


def _ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")))


class Pupil(models.Model):
    """A child as one school knows them. The same child at two schools has two rows with one pupil number."""

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="pupils")
    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100)
    middle_names = models.CharField(max_length=100, blank=True)
    known_as = models.CharField(max_length=100, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    born = models.DateField()
    year_group = models.CharField(max_length=3, blank=True)
    upn = models.CharField("unique pupil number", max_length=13, blank=True)
    admission_number = models.CharField(max_length=20, blank=True)
    address = models.TextField(blank=True)
    last_school = models.CharField("school last attended", max_length=200, blank=True)

    class Meta:
        ordering = ["surname", "forename", "id"]
        indexes = [models.Index(fields=["school", "surname", "forename"], name="pupil_by_name")]
        constraints = [
            models.UniqueConstraint(name="one_pupil_of_a_upn", fields=["school", "upn"], condition=~Q(upn="")),
            models.UniqueConstraint(
                name="one_pupil_of_an_admission_number",
                fields=["school", "admission_number"],
                condition=~Q(admission_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.surname}, {self.called}"

    @property
    def called(self) -> str:
        return self.known_as or self.forename


class Enrolment(models.Model):
    """One stretch on the admission register: the name goes in on the starting day and leaves on a reg 9 ground."""

    class Standing(models.TextChoices):
        ONLY = "only", "This school only"
        MAIN = "main", "Main school of two"
        SUBSIDIARY = "subsidiary", "Second school of two"

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="enrolments")
    begins = models.DateField("starting day")
    ends = models.DateField("last day on the register", null=True, blank=True)
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.ONLY)
    ground = models.CharField(max_length=20, blank=True)
    ground_facts = models.JSONField(default=dict)
    destination = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["begins"]
        constraints = [
            _ends_after_it_begins("enrolment_ends_after_it_begins"),
            models.UniqueConstraint(name="one_open_enrolment", fields=["pupil"], condition=Q(ends__isnull=True)),
            models.CheckConstraint(name="a_name_leaves_on_a_ground", condition=Q(ends__isnull=True) | ~Q(ground="")),
        ]


class GroupMembership(models.Model):
    """A pupil's dated place in a group; a change of class leaves past registers as they were."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="memberships")
    group = models.ForeignKey("schools.Group", models.PROTECT, related_name="memberships")
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["group", "begins"], name="membership_of_group")]
        constraints = [
            _ends_after_it_begins("membership_ends_after_it_begins"),
            models.UniqueConstraint(name="one_open_membership", fields=["pupil"], condition=Q(ends__isnull=True)),
        ]


class ExpectedSessions(models.Model):
    """The sessions of the week on which a pupil is expected, when not all of them (M-3.6a)."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="expected_sessions")
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    pattern = models.CharField(max_length=120)

    class Meta:
        constraints = [_ends_after_it_begins("expected_sessions_end_after_they_begin")]


class Contact(models.Model):
    """An adult: a parent, a carer, someone to ring. One row a person, however many children."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=200)
    address = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    mobile = models.CharField(max_length=30, blank=True)
    home_phone = models.CharField(max_length=30, blank=True)
    work_phone = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(number for number in (self.mobile, self.home_phone, self.work_phone) if number)


class PupilContact(models.Model):
    """How an adult stands to a child (M-3.5a): parent or not, responsibility, home, calling order, restriction."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="contact_links")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="pupil_links")
    relation = models.CharField(max_length=60)
    is_parent = models.BooleanField("a parent in education law", default=False)
    parental_responsibility = models.BooleanField(default=False)
    lives_with = models.BooleanField("the pupil normally lives with them", default=False)
    calling_order = models.PositiveSmallIntegerField(null=True, blank=True)
    may_collect = models.BooleanField(default=False)
    restriction = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["calling_order", "id"]
        constraints = [models.UniqueConstraint(name="one_link_of_a_contact", fields=["pupil", "contact"])]


class Professional(models.Model):
    """A worker around a child: social worker, youth justice worker, Virtual School."""

    class Kind(models.TextChoices):
        SOCIAL_WORKER = "social_worker", "Social worker"
        YOUTH_JUSTICE = "youth_justice", "Youth justice worker"
        VIRTUAL_SCHOOL = "virtual_school", "Virtual School"
        OTHER = "other", "Other worker"

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="professionals")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_ends_after_it_begins("professional_ends_after_they_begin")]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_kind_display().lower()}"


class Placement(models.Model):
    """Who commissioned a pupil's place at an alternative provision: a school or an authority."""

    class Kind(models.TextChoices):
        SCHOOL = "school", "Commissioning school"
        AUTHORITY = "authority", "Local authority"

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="placements")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    commissioner = models.CharField(max_length=200)
    commissioning_school = models.ForeignKey(
        "schools.School", models.PROTECT, null=True, blank=True, related_name="placements_made"
    )
    contact_name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_ends_after_it_begins("placement_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"Commissioned by {self.commissioner}"


class Characteristic(models.Model):
    """A dated fact about a pupil that figures and rules ask for."""

    class Kind(models.TextChoices):
        SEN_SUPPORT = "sen_support", "SEN support"
        EHC_PLAN = "ehc_plan", "EHC plan"
        FREE_MEALS = "free_meals", "Free school meals"
        LOOKED_AFTER = "looked_after", "Looked after"
        PREVIOUSLY_LOOKED_AFTER = "previously_looked_after", "Previously looked after"
        CHILD_IN_NEED = "child_in_need", "Child in need"
        CHILD_PROTECTION = "child_protection", "Child protection plan"
        YOUNG_CARER = "young_carer", "Young carer"
        SERVICE_FAMILY = "service_family", "Service family"
        TRAVELLER = "traveller", "Gypsy, Roma or Traveller"
        NEW_MIGRANT = "new_migrant", "New migrant family"
        YOUTH_JUSTICE = "youth_justice", "Youth justice"
        MEDICAL = "medical", "Long-term medical condition"
        BOARDER = "boarder", "Boards at the school"

    RESTRICTED = frozenset({"looked_after", "child_in_need", "child_protection", "youth_justice", "young_carer"})

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="characteristics")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_ends_after_it_begins("characteristic_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_restricted(self) -> bool:
        return self.kind in self.RESTRICTED


class RollEntry(SignedModel):
    """An entry in, or amendment of, the admission register: original, new, reason, date, name and position (reg 6)."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="roll_entries")
    field = models.CharField(max_length=60)
    original = models.TextField(blank=True)
    amended = models.TextField(blank=True)
    reason = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["pupil", "-at"], name="roll_entry_of_pupil")]
