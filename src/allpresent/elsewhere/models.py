"""Providers, what was arranged with them, what they say of each session; suspensions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from allpresent.core.elsewhere.heard import Says
from allpresent.core.elsewhere.kinds import ProviderKind
from allpresent.core.settle.reasons import Reason
from allpresent.shared.models import SignedModel

_KINDS = {
    ProviderKind.SCHOOL: "Another school, where the pupil is registered too",
    ProviderKind.PUPIL_REFERRAL_UNIT: "A pupil referral unit, where the pupil is registered too",
    ProviderKind.NOT_A_SCHOOL: "A provider that is not a school",
    ProviderKind.AUTHORITY: "Provision arranged by the local authority",
    ProviderKind.WORK: "Work experience",
    ProviderKind.SPORT: "A sporting activity",
    ProviderKind.VISIT: "An educational visit",
}
_SAYS = {Says.THERE: "There", Says.LATE: "There, came late", Says.NOT_THERE: "Not there"}


class Provider(models.Model):
    """A place that teaches our pupils for a session. `setting`: it keeps its own registers in this installation."""

    KINDS = [(kind.value, label) for kind, label in _KINDS.items()]

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="providers")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=KINDS)
    nature = models.CharField("what is taught there", max_length=200)
    contact_name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    setting = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(name="one_provider_of_a_name", fields=["school", "name"])]

    def __str__(self) -> str:
        return self.name


class Signed(SignedModel):
    """A row that somebody signed, and that is never changed."""

    class Meta:
        abstract = True


class ProviderCheck(Signed):
    """That a provider's safeguards were seen: what was looked at, on which day, and until when it holds (O-B-5.2)."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="checks")
    seen_on = models.DateField()
    seen_by = models.CharField(max_length=200)
    what = models.CharField(max_length=500)
    valid_until = models.DateField()


class Arrangement(Signed):
    """A pupil's sessions at a provider: code, nature of the activity, first and last day, halves of the week."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="arrangements")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="arrangements")
    code = models.CharField(max_length=3)
    nature = models.CharField(max_length=200)
    begins = models.DateField()
    ends = models.DateField(null=True)
    pattern = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_arrangement_of_a_key", fields=["school", "key"])]


class ArrangementEnd(Signed):
    """An arrangement ends on another day than was agreed. The newest row holds."""

    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="endings")
    last_day = models.DateField()
    reason = models.CharField(max_length=300)


class ProviderLink(models.Model):
    """A signed link that lets a provider say who is there, without an account. Only its hash is kept."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    expires = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=400)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=400, blank=True)


class ProviderWord(Signed):
    """What a provider said of one pupil's session. A correction is a later row; the newest told holds (O-B-5.4)."""

    class Channel(models.TextChoices):
        LINK = "link", "Their link"
        TELEPHONE = "telephone", "Telephone"
        EMAIL = "email", "E-mail"
        ALLPRESENT = "allpresent", "Their own register in Allpresent"

    SAYS = [(says.value, label) for says, label in _SAYS.items()]
    REASONS = [(reason.value, reason.value.capitalize()) for reason in Reason]

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="words")
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="+")
    day = models.DateField()
    half = models.CharField(max_length=2)
    says = models.CharField(max_length=10, choices=SAYS)
    reason = models.CharField(max_length=40, choices=REASONS, blank=True)
    words = models.CharField(max_length=300, blank=True)
    concern = models.BooleanField(default=False)
    told_by = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    channel = models.CharField(max_length=12, choices=Channel.choices)
    key = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["school", "day"], name="provider_word_of_a_day")]
        constraints = [models.UniqueConstraint(name="one_provider_word_of_a_key", fields=["school", "key"])]


class FollowUp(Signed):
    """What was agreed with a provider about a worry that it told (O-B-5.4)."""

    word = models.ForeignKey(ProviderWord, models.PROTECT, related_name="follow_ups")
    agreed = models.CharField(max_length=500)


class Chase(Signed):
    """A provider was asked for its word on a session: once a press."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="chases")
    day = models.DateField()
    half = models.CharField(max_length=2)
    how = models.CharField(max_length=20)


class Suspension(Signed):
    """A pupil is suspended for some school days from a session on, or permanently excluded (`days` None)."""

    class Category(models.TextChoices):
        PUPIL_HURT = "pupil hurt", "Physical assault against a pupil"
        ADULT_HURT = "adult hurt", "Physical assault against an adult"
        PUPIL_THREATENED = "pupil threatened", "Verbal abuse or threats against a pupil"
        ADULT_THREATENED = "adult threatened", "Verbal abuse or threats against an adult"
        BULLYING = "bullying", "Bullying"
        PREJUDICE = "prejudice", "Racist, homophobic or other prejudiced abuse"
        SEXUAL = "sexual", "Sexual misconduct"
        DRUGS = "drugs", "Drugs or alcohol"
        DAMAGE = "damage", "Damage or theft"
        DISRUPTION = "disruption", "Persistent disruptive behaviour"
        WEAPON = "weapon", "A weapon or a prohibited item"
        ONLINE = "online", "Misuse of social media or technology"
        OTHER = "other", "Another reason"

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="suspensions")
    first_day = models.DateField()
    first_half = models.CharField(max_length=2)
    days = models.PositiveSmallIntegerField(null=True)
    category = models.CharField(max_length=20, choices=Category.choices)
    decided_by = models.CharField(max_length=200)
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_suspension_of_a_key", fields=["school", "key"]),
            models.CheckConstraint(
                name="a_suspension_has_days", condition=Q(days__isnull=True) | Q(days__gte=1, days__lte=45)
            ),
        ]


class SuspensionEnd(Signed):
    """A suspension is cut short (`last_day`) or taken back whole (None). The newest row holds."""

    suspension = models.ForeignKey(Suspension, models.PROTECT, related_name="endings")
    last_day = models.DateField(null=True)
    reason = models.CharField(max_length=300)
