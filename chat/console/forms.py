"""The forms of the inbox."""

from django import forms

READERS = (("own", "Me"), ("shared", "All of us"))


class CannedReplyForm(forms.Form):
    """A canned reply. The door of the replies checks what it says."""

    name = forms.CharField(
        max_length=60,
        help_text="You find it by this: “/” and its first letters.",
        error_messages={"required": "Give the reply a name, so that you find it again."},
    )
    text = forms.CharField(
        label="Words",
        max_length=4_000,
        widget=forms.Textarea,
        error_messages={"required": "Write the words of the reply."},
    )
    readers = forms.ChoiceField(
        label="Who may use it", choices=READERS, initial="own", widget=forms.RadioSelect
    )
