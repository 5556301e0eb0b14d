"""The form of an event. Times are those of the clock of whoever types them."""

from typing import Any

from django import forms

from helpdesk.calendars.models import Region
from knowledgebase.training.models import Event


class _Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is planned, and afterwards the recording."""

    regions = forms.ModelMultipleChoiceField(
        label="Regions",
        queryset=Region.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Clients of these see it. None means all.",
    )

    join_url = forms.URLField(
        label="Address to join",
        required=False,
        max_length=2000,
        assume_scheme="https",
        help_text="Shown to those with a seat only.",
    )
    recording_url = forms.URLField(
        label="Address of the recording", required=False, max_length=2000, assume_scheme="https"
    )

    class Meta:
        model = Event
        fields = (
            "title",
            "description",
            "starts_at",
            "ends_at",
            "place",
            "join_url",
            "trainer",
            "capacity",
            "visibility",
            "is_published",
            "recording_url",
            "recording_visibility",
        )
        labels = {
            "starts_at": "Begins",
            "ends_at": "Ends",
            "capacity": "Seats",
            "visibility": "Who sees it",
            "is_published": "Clients see it",
            "recording_visibility": "Who may watch the recording",
        }
        widgets = {"starts_at": _Moment(), "ends_at": _Moment()}
        error_messages = {
            "title": {"required": "Give it a title."},
            "starts_at": {"required": "Say when it begins."},
            "ends_at": {"required": "Say when it ends."},
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "It must end after it begins.")
        return cleaned
