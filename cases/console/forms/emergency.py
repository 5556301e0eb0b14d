"""The two-minute form for a call on the emergency line."""

from django import forms

from cases.models import Characteristic
from cases.oncall.emergency.opening import Report


class EmergencyForm(forms.Form):
    """What an agent hears: as few fields as a case needs."""

    callback_number = forms.CharField(
        label="Call back on",
        max_length=40,
        help_text="Read it back to the caller.",
        error_messages={"required": "Ask for the number on which we can call back."},
    )
    caller_name = forms.CharField(label="Who is calling", max_length=200, required=False)
    address = forms.EmailField(
        label="Their e-mail address",
        required=False,
        max_length=254,
        help_text="Finds the contact, or makes one. Without it the number is tried.",
        error_messages={"invalid": "Write the whole address, or leave it out for now."},
    )
    subject = forms.CharField(
        label="What happened, in a few words",
        max_length=250,
        error_messages={"required": "Say in a few words what happened."},
    )
    characteristics = forms.MultipleChoiceField(
        label="Which of these applies?",
        choices=Characteristic.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "A critical case has at least one of these."},
    )
    what_happened = forms.CharField(
        label="Details", widget=forms.Textarea, required=False, max_length=20_000
    )

    def report(self) -> Report:
        """What was said on the telephone."""
        values = self.cleaned_data
        return Report(
            subject=values["subject"],
            what_happened=values["what_happened"] or values["subject"],
            characteristics=tuple(values["characteristics"]),
            caller_name=values["caller_name"],
            callback_number=values["callback_number"],
            address=values["address"],
        )
