"""The form with which a client goes on."""

from django import forms

from cases.thread.receiving import FilesField


class ReplyForm(forms.Form):
    """A client's message on an existing case. A file alone is a message too."""

    text = forms.CharField(
        label="Your message", widget=forms.Textarea, required=False, max_length=60_000
    )
    uploads = FilesField(required=False)
    client_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
