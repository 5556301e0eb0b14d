"""The forms of the user groups."""

from django import forms

from helpdesk.attachments.form_files import FilesField
from knowledgebase.community.actions.writing import LONGEST
from knowledgebase.community.models import Presentation


class ReplyForm(forms.Form):
    """Words and files on a topic."""

    text = forms.CharField(
        label="Your words",
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text="Mention a member like @carla-rossi.",
        error_messages={"required": "Write something."},
    )
    uploads = FilesField(required=False)


class TopicForm(ReplyForm):
    """A new topic."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="A few words that say what it is about.",
        error_messages={"required": "Give it a title, a few words are enough."},
    )
    field_order = ("title", "text", "uploads")


class ReportForm(forms.Form):
    """Why a post is wrong."""

    reason = forms.CharField(
        label="What is wrong with it?",
        max_length=500,
        error_messages={"required": "Say what is wrong with it."},
    )


class PresentationForm(forms.Form):
    """What others read beside one's name."""

    shows = forms.ChoiceField(
        label="Beside your name other members read",
        choices=Presentation.Shows.choices,
        widget=forms.RadioSelect,
    )
