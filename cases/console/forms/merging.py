"""Choosing the case that goes on."""

from django import forms


class MergeForm(forms.Form):
    """A case, by its number or by words that are looked up while typing."""

    into = forms.CharField(
        label="The case that goes on",
        max_length=200,
        help_text="Another case of the same organisation.",
        error_messages={"required": "Choose the case that goes on, or type its number."},
    )
