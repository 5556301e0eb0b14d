"""The composer and the small forms beside the thread."""

from django import forms

from cases.lifecycle import Move
from cases.models import Characteristic, Priority
from cases.thread.receiving import FilesField

PUBLIC, INTERNAL = "public", "internal"
AUDIENCES = [(PUBLIC, "Reply"), (INTERNAL, "Internal note")]
AFTER_REPLY = {Move.WAIT_FOR_CLIENT, Move.RESOLVE}


class ComposeForm(forms.Form):
    """A public answer or an internal note; the version says which state of things it answers."""

    audience = forms.ChoiceField(
        label="Who reads this", choices=AUDIENCES, widget=forms.RadioSelect, initial=PUBLIC
    )
    text = forms.CharField(
        label="Message", widget=forms.Textarea, required=False, max_length=60_000
    )
    uploads = FilesField(required=False)
    version = forms.IntegerField(required=False)
    client_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    then = forms.ChoiceField(
        choices=[(move.value, move.value) for move in AFTER_REPLY], required=False
    )

    @property
    def is_public(self) -> bool:
        return bool(self.cleaned_data["audience"] == PUBLIC)

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
