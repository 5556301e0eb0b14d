"""The forms of the defect pages."""

import re
from typing import Any, cast

from django import forms
from django.http import QueryDict

from cases.defects.actions.recording import Report
from cases.defects.campaigns.reviewing import MOST_CHARACTERS
from cases.defects.lifecycle import Move
from cases.defects.models import Defect, Severity

_NUMBER = re.compile(r"\d{1,12}")


class ReportForm(forms.Form):
    """What is written of a defect. Clients read all but the notes."""

    title = forms.CharField(
        max_length=200,
        help_text="What is wrong, in a few words. Clients read it.",
        error_messages={"required": "Give the defect a title."},
    )
    severity = forms.TypedChoiceField(coerce=int, choices=Severity.choices, initial=Severity.MINOR)
    component = forms.CharField(max_length=80, required=False)
    affected_versions = forms.CharField(
        label="Affected versions", max_length=200, required=False, help_text="Such as 5.0, 5.1."
    )
    public_text = forms.CharField(
        label="Public text",
        widget=forms.Textarea,
        max_length=10_000,
        required=False,
        help_text="What clients read: what happens, and when.",
    )
    workaround = forms.CharField(
        widget=forms.Textarea,
        max_length=5_000,
        required=False,
        help_text="Clients read it too. How they can go on until the fix is out.",
    )
    internal_notes = forms.CharField(
        label="Internal notes",
        widget=forms.Textarea,
        max_length=20_000,
        required=False,
        help_text="For us only.",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def report(self) -> Report:
        """The values as the action takes them."""
        values = {name: self.cleaned_data[name] for name in Report.__dataclass_fields__}
        return Report(**values)

    @staticmethod
    def first_values(defect: Defect) -> dict[str, Any]:
        """What the form begins with for a defect as it stands."""
        values = {name: getattr(defect, name) for name in Report.__dataclass_fields__}
        return values | {"version": defect.version}


class MoveForm(forms.Form):
    """A move along the table of states, with what it may need."""

    move = forms.ChoiceField(
        label="What happens", choices=[(move.value, move.value) for move in Move]
    )
    fixed_version = forms.CharField(label="Version with the fix", max_length=80, required=False)
    reason = forms.CharField(max_length=1_000, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class NumbersForm(forms.Form):
    """Cases by number: ticked ones, or typed and pasted as they come."""

    numbers = forms.CharField(
        label="Numbers of cases",
        widget=forms.Textarea,
        max_length=4_000,
        required=False,
        help_text="One or many, such as 00001042, 1043.",
    )

    def chosen(self) -> list[int]:
        """The numbers, each once."""
        ticked = [value for value in cast(QueryDict, self.data).getlist("case") if value.isdigit()]
        typed = _NUMBER.findall(self.cleaned_data["numbers"])
        return list(dict.fromkeys(int(number) for number in [*ticked, *typed] if len(number) <= 12))


class AttachForm(forms.Form):
    """From the side of a case: which defect is its cause."""

    defect = forms.CharField(label="Attach a defect", max_length=200)


class MergeForm(forms.Form):
    """Into which defect."""

    into = forms.CharField(label="The defect that stays", max_length=200)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class WordsForm(forms.Form):
    """The words of a campaign."""

    words = forms.CharField(
        label="What it says",
        widget=forms.Textarea,
        max_length=MOST_CHARACTERS,
        help_text="It stands below “Hello …,” and above the list of their cases.",
        error_messages={"required": "Write what the clients should read."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
