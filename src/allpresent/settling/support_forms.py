"""Forms of support offered and referrals: shape only."""

from __future__ import annotations

from django import forms

from allpresent.people.forms import choice, day, text, words
from allpresent.settling.forms import ActForm
from allpresent.settling.models import SupportOffered
from allpresent.settling.support import PARTNERS

_ANSWERS = [(str(value), label) for value, label in SupportOffered.Answer.choices]


class OfferForm(ActForm):
    """An offer of support, or a referral to a partner."""

    kind = forms.ChoiceField(label="What was done", choices=SupportOffered.Kind.choices, widget=forms.RadioSelect)
    what = words("In a few words", required=True, hint="What was offered, or what the referral asks for")
    party = choice("Referred to", [("", ""), *PARTNERS.items()], hint="For a referral only")
    partner = text("Name of the person or team", longest=200, hint="For a referral only")
    day = day("When", required=True)
    answer = choice("The family’s answer", _ANSWERS)


class AnswerForm(ActForm):
    """What became of an offer or a referral."""

    answers = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
    answer = choice("The answer", _ANSWERS)
    what = words("What became of it")
    day = day("When", required=True)
