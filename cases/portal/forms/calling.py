"""The form that asks for a call."""

from django import forms

from cases.calls.forms import TimeForm


class CallForm(TimeForm):
    """A time, the number that we call, and what it is about."""

    phone = forms.CharField(
        label="Which number do we call?",
        max_length=40,
        help_text="With the country code, such as +61 3 5550 0100.",
        error_messages={"required": "Tell us the number on which we should call you."},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    topic = forms.CharField(
        label="What do you want to talk about?",
        max_length=500,
        required=False,
        help_text="A sentence or two, so that we come prepared.",
        widget=forms.Textarea,
    )


class CancelForm(forms.Form):
    """Why a call is cancelled, if somebody wants to say."""

    reason = forms.CharField(label="Reason", max_length=300, required=False)
