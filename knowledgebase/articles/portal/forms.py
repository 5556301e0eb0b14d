"""What readers fill in below an article."""

from django import forms

from knowledgebase.articles.actions.listening import Opinion
from knowledgebase.articles.models import Feedback


class FeedbackForm(forms.Form):
    """Whether it helped, and why not."""

    helped = forms.ChoiceField(
        label="Did this help?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label="What was missing?",
        choices=[("", "Choose what fits best"), *Feedback.Reason.choices],
        required=False,
    )
    words = forms.CharField(
        label="In your words",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="Please no passwords or personal data.",
    )

    def opinion(self, language: str) -> Opinion:
        values = self.cleaned_data
        return Opinion(
            was_helpful=values["helped"] == "yes",
            language=language,
            reason=values["reason"],
            words=values["words"],
        )
