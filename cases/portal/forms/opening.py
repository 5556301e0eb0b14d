"""The form that opens a case."""

from typing import Any

from django import forms

from cases.actions.opening import Question
from cases.models import CaseType, Category, Characteristic, Priority
from cases.thread.receiving import FilesField
from cases.wording import PRIORITIES


class OpenCaseForm(forms.Form):
    """What a client tells us. Every error is a sentence beside its field."""

    subject = forms.CharField(
        label="Subject",
        max_length=250,
        help_text="A few words that say what it is about.",
        error_messages={"required": "Give your case a subject, a few words are enough."},
    )
    type = forms.ChoiceField(
        label="What is it?",
        choices=CaseType.choices,
        initial=CaseType.QUESTION,
        widget=forms.RadioSelect,
    )
    category = forms.ModelChoiceField(
        label="Area",
        queryset=Category.objects.filter(is_offered=True),
        required=False,
        empty_label="I am not sure",
    )
    priority = forms.ChoiceField(
        label="How urgent is it?",
        choices=[(words.value, words.label) for words in PRIORITIES],
        initial=Priority.MEDIUM,
        widget=forms.RadioSelect,
    )
    characteristics = forms.MultipleChoiceField(
        label="Which of these applies?",
        choices=Characteristic.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    url = forms.URLField(
        label="Address of the page",
        required=False,
        max_length=2000,
        assume_scheme="https",
        help_text="Where you were working, if that helps.",
        error_messages={"invalid": "Copy the whole address, such as https://app.example/page."},
    )
    uploads = FilesField(required=False)
    details = forms.CharField(
        label="Details",
        widget=forms.Textarea,
        max_length=60_000,
        help_text="What you did, what you expected, what happened instead.",
        error_messages={"required": "Tell us what happened, so that we can help."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("priority") == Priority.CRITICAL and not cleaned.get("characteristics"):
            self.add_error(
                "characteristics",
                "A critical case has at least one of these. Choose what applies, or choose High.",
            )
        return cleaned

    def question(self) -> Question:
        """The case that these values ask for."""
        values = self.cleaned_data
        is_critical = values["priority"] == Priority.CRITICAL
        return Question(
            subject=values["subject"],
            type=values["type"],
            category=values["category"],
            priority=values["priority"],
            characteristics=tuple(values["characteristics"]) if is_critical else (),
            url=values["url"],
        )
