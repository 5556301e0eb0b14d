"""The form that changes a priority."""

from django import forms

from cases.models import Characteristic, Priority


class PriorityForm(forms.Form):
    """A new priority, why, and what makes it critical."""

    priority = forms.ChoiceField(label="Priority", choices=Priority.choices)
    reason = forms.CharField(label="Why", required=False, max_length=1_000)
    characteristics = forms.MultipleChoiceField(
        label="Which of these applies?",
        choices=Characteristic.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @property
    def sentence(self) -> str:
        """All errors as one line, for a message above the page."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)
