"""The forms of the on-call rota. Times are those of the rota's clock."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db import transaction
from django.utils import timezone

from cases.oncall.models import Layer, Override, Rota, Shift
from helpdesk.people.models import Person

USUAL_LAYERS = "Primary\nSecondary\nLead"
MOST_LAYERS = 8


class RotaForm(forms.ModelForm):  # type: ignore[type-arg]
    """The rota itself. Its layers are lines of text, in the order of calling."""

    layers = forms.CharField(
        label="Layers, one a line",
        widget=forms.Textarea,
        initial=USUAL_LAYERS,
        max_length=600,
        help_text="The first is called first. A layer that you leave out goes with its shifts.",
        error_messages={"required": f"Write one to {MOST_LAYERS} layers, one a line."},
    )

    class Meta:
        model = Rota
        fields = ("name", "time_zone", "minutes_to_answer", "rounds", "minutes_to_act")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            names = self.instance.layers.values_list("name", flat=True)
            self.fields["layers"].initial = "\n".join(names)

    def clean_layers(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["layers"].splitlines()]
        names = list(dict.fromkeys(line for line in lines if line))
        if not names or len(names) > MOST_LAYERS or any(len(name) > 60 for name in names):
            raise forms.ValidationError(
                f"Write one to {MOST_LAYERS} layers, each of at most 60 characters."
            )
        return names

    @transaction.atomic
    def save(self, commit: bool = True) -> Rota:
        """Save the rota and its layers together."""
        rota: Rota = super().save(commit)
        names = self.cleaned_data["layers"]
        rota.layers.exclude(name__in=names).delete()
        for position, name in enumerate(names):
            Layer.objects.update_or_create(rota=rota, name=name, defaults={"position": position})
        return rota


class ShiftForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody's hours, by the clock on the wall."""

    class Meta:
        model = Shift
        fields = (
            "layer",
            "person",
            "first_on",
            "starts_at",
            "days",
            "ends_at",
            "every_weeks",
            "until_on",
        )
        labels = {
            "person": "Who",
            "first_on": "First day",
            "starts_at": "From",
            "days": "Days until it ends",
            "ends_at": "Until",
            "every_weeks": "Every so many weeks",
            "until_on": "Last day on which it begins",
        }
        help_texts = {"days": "7: a week. 1: a night. 0: within the day."}
        widgets = {
            "first_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "until_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, rota: Rota, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_from(self, rota)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        days, weeks = cleaned.get("days"), cleaned.get("every_weeks")
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if days is None or weeks is None or starts is None or ends is None:
            return cleaned
        if days == 0 and ends <= starts:
            self.add_error("ends_at", "It must end after it begins. Over night: write 1 day.")
        if (days, ends) > (7 * weeks, starts):
            self.add_error("days", "It would still run when it begins again.")
        first, last = cleaned.get("first_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "The last day lies before the first.")
        return cleaned


class OverrideForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody stands in for a while."""

    class Meta:
        model = Override
        fields = ("layer", "person", "starts_at", "ends_at", "reason")
        labels = {"person": "Who stands in", "starts_at": "From", "ends_at": "Until"}
        widgets = {
            "starts_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
            "ends_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }

    def __init__(self, *args: Any, rota: Rota, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(rota.time_zone)
        _choose_from(self, rota)

    def clean_starts_at(self) -> datetime:
        return self._on_the_wall("starts_at")

    def clean_ends_at(self) -> datetime:
        ends_at = self._on_the_wall("ends_at")
        if ends_at <= timezone.now():
            raise forms.ValidationError("This is over already. Choose a time ahead.")
        return ends_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "It must end after it begins.")
        return cleaned

    def _on_the_wall(self, name: str) -> datetime:
        """What was typed is a reading of the rota's clock, wherever the reader is."""
        typed: datetime = self.cleaned_data[name]
        reading = timezone.make_naive(typed) if timezone.is_aware(typed) else typed
        return reading.replace(tzinfo=self.zone)


def _choose_from(form: "forms.ModelForm[Any]", rota: Rota) -> None:
    form.fields["layer"].queryset = rota.layers.all()  # type: ignore[attr-defined]
    form.fields["layer"].empty_label = None  # type: ignore[attr-defined]
    form.fields["person"].queryset = Person.objects.staff()  # type: ignore[attr-defined]
