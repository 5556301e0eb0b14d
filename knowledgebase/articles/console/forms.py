"""What editors fill in."""

from typing import Any

from django import forms

from helpdesk.people.models import Person
from knowledgebase.articles.actions.settling import Facts
from knowledgebase.articles.actions.writing import Writing
from knowledgebase.articles.models import Article, OrganisationGroup, Section, Visibility
from knowledgebase.articles.searching.words import normal
from knowledgebase.articles.text.page import MOST_CHARACTERS


class TextForm(forms.Form):
    """The text of an article, in Markdown."""

    title = forms.CharField(
        max_length=150, error_messages={"required": "Give the article a title that says what for."}
    )
    summary = forms.CharField(
        max_length=300, required=False, help_text="One sentence, shown in lists and searches."
    )
    source = forms.CharField(
        label="Text",
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea,
        error_messages={"required": "Write something first. Your title is kept."},
    )
    note = forms.CharField(
        label="What changed", max_length=200, required=False, help_text="For your colleagues."
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def writing(self) -> Writing:
        values = self.cleaned_data
        return Writing(
            title=values["title"],
            source=values["source"].replace("\r\n", "\n"),
            summary=values["summary"],
            note=values["note"],
        )


class BeginForm(TextForm):
    """A new article also needs its place."""

    section = forms.ModelChoiceField(
        queryset=Section.objects.all(),
        error_messages={"required": "Choose the section that it stands in."},
    )


class FactsForm(forms.Form):
    """What is settled beside the text."""

    section = forms.ModelChoiceField(queryset=Section.objects.all())
    visibility = forms.ChoiceField(label="Who reads it", choices=Visibility.choices)
    group = forms.ModelChoiceField(
        queryset=OrganisationGroup.objects.all(), required=False, empty_label="No group"
    )
    owner = forms.ModelChoiceField(
        queryset=Person.objects.staff(), required=False, empty_label="Nobody"
    )
    review_on = forms.DateField(
        label="Review on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    related = forms.CharField(
        label="Related articles",
        required=False,
        max_length=200,
        help_text="Their numbers, with commas between.",
    )

    def clean_related(self) -> list[Article]:
        typed = self.cleaned_data["related"].replace(",", " ").split()
        if not all(one.isascii() and one.isdigit() and len(one) < 10 for one in typed):
            raise forms.ValidationError("Write numbers of articles, such as 12, 40.")
        found = list(Article.objects.filter(pk__in=[int(one) for one in typed]))
        if len(found) != len(set(typed)):
            raise forms.ValidationError("One of these numbers is not an article. Look again.")
        return found

    def facts(self) -> Facts:
        values: dict[str, Any] = self.cleaned_data
        return Facts(**values)


class PublicationForm(forms.Form):
    """Publish now (empty) or at a time, on the clock of the editor."""

    publish_at = forms.DateTimeField(
        required=False,
        error_messages={"invalid": "Choose a day and a time."},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )


class WithdrawalForm(forms.Form):
    """Withdraw now (empty) or at a time."""

    withdraw_at = forms.DateTimeField(
        required=False,
        error_messages={"invalid": "Choose a day and a time."},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    reason = forms.CharField(required=False, max_length=200)


class SectionForm(forms.Form):
    """A section of the tree."""

    name = forms.CharField(max_length=100, error_messages={"required": "Give it a name."})
    summary = forms.CharField(max_length=250, required=False)
    parent = forms.ModelChoiceField(
        label="Below", queryset=Section.objects.all(), required=False, empty_label="(a collection)"
    )
    position = forms.IntegerField(required=False, min_value=1, max_value=1000)


class SynonymsForm(forms.Form):
    """Words that mean the same."""

    words = forms.CharField(
        max_length=400,
        label="Words that mean the same",
        help_text="With commas between: till, register, cash desk.",
        error_messages={"required": "Write at least two words."},
    )

    def clean_words(self) -> list[str]:
        typed = [" ".join(normal(one).split()) for one in self.cleaned_data["words"].split(",")]
        words = list(dict.fromkeys(one for one in typed if one))
        if len(words) < 2:
            raise forms.ValidationError("Write at least two words, with a comma between.")
        if len(words) > 20 or any(len(one) > 60 for one in words):
            raise forms.ValidationError("At most 20 words of 60 letters each.")
        return words
