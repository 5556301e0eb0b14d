"""What agents say about calls, and when they are away."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from cases.calls.concluding import LONGEST


class OutcomeForm(forms.Form):
    """How a call went."""

    actual_minutes = forms.IntegerField(
        label="Minutes it took",
        min_value=1,
        max_value=LONGEST,
        error_messages={"required": "Say how long the call took."},
    )
    outcome = forms.CharField(
        label="What came of it",
        max_length=4000,
        widget=forms.Textarea,
        help_text="The client reads it on the case.",
        error_messages={"required": "Say in a sentence what came of the call."},
    )


class ReasonForm(forms.Form):
    """Why a call is cancelled or passed on."""

    reason = forms.CharField(label="Reason", max_length=300, required=False)


class AbsenceForm(forms.Form):
    """From when to when an agent takes no calls, on their own clock."""

    starts_at = forms.DateTimeField(
        label="From",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"required": "Say from when.", "invalid": "Write it as date and time."},
    )
    ends_at = forms.DateTimeField(
        label="Until",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"required": "Say until when.", "invalid": "Write it as date and time."},
    )
    reason = forms.CharField(
        label="Reason", max_length=200, required=False, help_text="Seen by us only."
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start: datetime | None = cleaned.get("starts_at")
        end: datetime | None = cleaned.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", "The end lies before the start.")
        elif end and end <= timezone.now():
            self.add_error("ends_at", "This is over already.")
        return cleaned
