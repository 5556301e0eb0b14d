"""The forms behind the status page. Times are those of the clock of whoever types them."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from helpdesk.calendars.models import Region
from knowledgebase.notices.actions.posting import Draft
from knowledgebase.notices.lifecycle import PLANNED_KINDS, Impact, Kind, State, choices_from
from knowledgebase.notices.models import Notice, Product

REMINDERS = [
    ("0", "No reminder"),
    ("1", "1 hour before"),
    ("24", "1 day before"),
    ("72", "3 days before"),
]
MOST_WORDS = 10_000


class Moment(forms.DateTimeField):
    """A date and a time, picked with the browser's own means."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"invalid": "Write it like 2026-11-24 21:00."})
        super().__init__(**options)


class NoticeForm(forms.Form):
    """What a new notice says."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="What readers see in banners and mails.",
        error_messages={"required": "Give it a title, a few words are enough."},
    )
    text = forms.CharField(
        label="What readers should know",
        max_length=MOST_WORDS,
        widget=forms.Textarea,
        help_text="What is affected, what they can do, when you say more.",
        error_messages={"required": "Say what happens."},
    )
    impact = forms.TypedChoiceField(
        label="How bad is it?", choices=Impact.choices, coerce=int, initial=Impact.DEGRADED
    )
    starts_at = Moment(label="Begins")
    ends_at = Moment(label="Ends", required=False)
    remind_hours = forms.ChoiceField(label="Remind subscribers", choices=REMINDERS, initial="24")
    runs_by_itself = forms.BooleanField(
        label="It begins and ends by itself at these times", required=False, initial=True
    )
    products = forms.ModelMultipleChoiceField(
        label="Products",
        queryset=Product.objects.filter(is_shown=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None means all.",
    )
    regions = forms.ModelMultipleChoiceField(
        label="Regions",
        queryset=Region.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None means all.",
    )

    def __init__(self, data: QueryDict | None = None, *, kind: Kind) -> None:
        super().__init__(data, initial={"starts_at": timezone.localtime()})
        self.kind = kind
        if kind not in PLANNED_KINDS:
            for name in ("ends_at", "remind_hours", "runs_by_itself"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "It must end after it begins.")
        return cleaned

    def draft(self) -> Draft:
        """The notice that these values ask for."""
        values = self.cleaned_data
        return Draft(
            kind=self.kind,
            title=values["title"],
            text=values["text"],
            starts_at=values["starts_at"],
            ends_at=values.get("ends_at"),
            impact=Impact(values["impact"]),
            products=values["products"],
            regions=values["regions"],
            remind_at=self._remind_at(values["starts_at"]),
            runs_by_itself=values.get("runs_by_itself", True),
        )

    def _remind_at(self, starts_at: datetime) -> datetime | None:
        hours = int(self.cleaned_data.get("remind_hours") or 0)
        return starts_at - timedelta(hours=hours) if hours else None


class SayingForm(forms.Form):
    """More of a notice: words, and the state and impact from then on."""

    state = forms.ChoiceField(label="State from now on")
    impact = forms.TypedChoiceField(label="How bad is it now?", choices=Impact.choices, coerce=int)
    text = forms.CharField(
        label="What readers should know",
        max_length=MOST_WORDS,
        widget=forms.Textarea,
        error_messages={"required": "Say what is new."},
    )

    def __init__(self, data: QueryDict | None = None, *, notice: Notice) -> None:
        super().__init__(data, initial={"state": notice.state, "impact": notice.impact})
        states = [notice.current_state, *choices_from(notice.current_state)]
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (state.value, state.label) for state in states
        ]

    @property
    def chosen_state(self) -> State:
        return State(self.cleaned_data["state"])


class PlanForm(forms.Form):
    """Other times for what is planned or under way."""

    starts_at = Moment(label="Begins")
    ends_at = Moment(label="Ends", required=False)
    text = forms.CharField(
        label="Why",
        max_length=MOST_WORDS,
        widget=forms.Textarea,
        error_messages={"required": "Say why the times change: subscribers read it."},
    )

    def __init__(self, data: QueryDict | None = None, *, notice: Notice) -> None:
        initial = {"starts_at": notice.starts_at, "ends_at": notice.ends_at}
        super().__init__(data, initial=initial)
        if notice.state != State.SCHEDULED:
            del self.fields["starts_at"]
