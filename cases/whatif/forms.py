"""The three kinds of change that can be drafted."""

from typing import Any

from django import forms

from cases.sla.metrics import Metric
from cases.sla.models import SlaPolicy, SlaTarget
from helpdesk.calendars.hours_text import parse_hours
from helpdesk.calendars.models import Calendar, Region
from helpdesk.calendars.working_time import (
    WEEKDAY_KEYS,
    WEEKDAYS,
    ScheduleError,
    hours_to_json,
)


class HoursForm(forms.Form):
    """Another week for a calendar. A line left empty means closed."""

    calendar = forms.ModelChoiceField(Calendar.objects.all())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in zip(WEEKDAY_KEYS, WEEKDAYS, strict=True):
            self.fields[key] = forms.CharField(
                label=label, required=False, max_length=200, help_text="Such as 09:00-17:00"
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for key, label in zip(WEEKDAY_KEYS, WEEKDAYS, strict=True):
            try:
                values[key] = hours_to_json(parse_hours(values.get(key, ""), day=label))
            except ScheduleError as error:
                self.add_error(key, str(error))
        return values

    def spec(self) -> dict[str, Any]:
        weekly = {key: self.cleaned_data[key] for key in WEEKDAY_KEYS}
        return {"calendar": self.cleaned_data["calendar"].pk, "weekly": weekly}

    def title(self) -> str:
        return f"Other hours for {self.cleaned_data['calendar']}"


class HolidayForm(forms.Form):
    """One more holiday for a region."""

    region = forms.ModelChoiceField(Region.objects.all())
    date = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    name = forms.CharField(max_length=200)

    def spec(self) -> dict[str, Any]:
        values = self.cleaned_data
        day = values["date"].isoformat()
        return {"region": values["region"].pk, "date": day, "name": values["name"]}

    def title(self) -> str:
        values = self.cleaned_data
        return f"{values['name']} on {values['date']:%d %B %Y} in {values['region']}"


class PolicyForm(forms.Form):
    """Another target for one metric of a policy."""

    policy = forms.ModelChoiceField(SlaPolicy.objects.active())
    metric = forms.ChoiceField(choices=Metric.choices)
    amount = forms.IntegerField(min_value=1, max_value=100_000)
    unit = forms.ChoiceField(choices=SlaTarget.Unit.choices)

    def spec(self) -> dict[str, Any]:
        values = self.cleaned_data
        target = {"amount": values["amount"], "unit": values["unit"]}
        return {"policy": values["policy"].pk, "targets": {values["metric"]: target}}

    def title(self) -> str:
        values = self.cleaned_data
        unit = SlaTarget.Unit(values["unit"]).label
        metric = Metric(values["metric"]).words
        return f"{values['policy']}: {metric} in {values['amount']} {unit}"


FORMS = {"hours": HoursForm, "holiday": HolidayForm, "policy": PolicyForm}
