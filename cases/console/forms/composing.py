"""The composer and the small forms beside the thread."""

from django import forms

from cases.lifecycle import Move
from cases.models import Characteristic, Priority

AFTER_REPLY = [
    ("", "Send"),
    (Move.WAIT_FOR_CLIENT.value, "Send and wait for the client"),
    (Move.RESOLVE.value, "Send and resolve"),
]


class ComposeForm(forms.Form):
    """A public answer or an internal note; the version says which state of things it answers."""

    text = forms.CharField(
        label="Message", widget=forms.Textarea, required=False, max_length=60_000
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    client_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    then = forms.ChoiceField(label="And then", choices=AFTER_REPLY, required=False)

    def move(self) -> Move | None:
        """What should happen to the case along with the answer."""
        value = self.cleaned_data["then"]
        return Move(value) if value else None


class PriorityForm(forms.Form):
    """A new priority; lowering it needs a reason."""

    priority = forms.ChoiceField(choices=Priority.choices)
    reason = forms.CharField(required=False, max_length=1_000)
    characteristics = forms.MultipleChoiceField(choices=Characteristic.choices, required=False)


class StateForm(forms.Form):
    """A move along the table of states."""

    move = forms.ChoiceField(choices=[(move.value, move.value) for move in Move])
    reason = forms.CharField(required=False, max_length=1_000)
