"""`/styleguide/`: every component in every state, for page builders and the browser tests.

Shown in development and to staff; to everybody else it is not there. It needs no database.
"""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

PAGES = ("portal", "console", "account")


def styleguide(request: HttpRequest, page: str = "") -> HttpResponse:
    """The components, or one of the specimen pages. `?dir=rtl` turns it round."""
    if not settings.DEBUG and not getattr(request.user, "is_staff_member", False):
        raise Http404
    if page and page not in PAGES:
        raise Http404
    now = timezone.now()
    return render(
        request,
        f"styleguide/{page or 'index'}.html",
        {
            "form": SpecimenForm(initial={"priority": "medium", "audience": "public"}),
            "wrong": wrong_form(),
            "priority_notes": PRIORITY_NOTES,
            "audience_notes": {"public": "send", "internal": "lock"},
            "now": now,
            "yesterday": now - timedelta(days=1, hours=3),
            "last_year": now - timedelta(days=400),
            "rows": ROWS,
            "tokens": TOKENS,
            "is_turned": request.GET.get("dir") == "rtl",
        },
    )


class FileInputForSeveral(forms.FileInput):
    allow_multiple_selected = True


class SpecimenForm(forms.Form):
    """One field of every kind."""

    subject = forms.CharField(help_text="A few words that say what is wrong.")
    category = forms.ChoiceField(
        choices=[("", "Choose one"), ("billing", "Billing"), ("sign-in", "Signing in")],
        required=False,
    )
    details = forms.CharField(widget=forms.Textarea, label="What happens, and what should happen")
    client = forms.CharField(help_text="Type a name or an e-mail address.")
    priority = forms.ChoiceField(
        choices=[("critical", "Critical"), ("high", "High"), ("medium", "Medium"), ("low", "Low")],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        choices=[("question", "Question"), ("incident", "Incident"), ("wish", "Wish")],
        widget=forms.RadioSelect,
        label="What is it",
        required=False,
    )
    audience = forms.ChoiceField(
        choices=[("public", "Reply"), ("internal", "Internal note")], widget=forms.RadioSelect
    )
    impact = forms.MultipleChoiceField(
        choices=[
            ("corruption", "Data is damaged"),
            ("hangs", "It hangs so long that work stops"),
            ("access", "Nobody can get in"),
        ],
        widget=forms.CheckboxSelectMultiple,
        label="Which of these applies",
    )
    copies = forms.BooleanField(label="Send me a copy of each message", required=False)
    pictures = forms.FileField(label="Files", widget=FileInputForSeveral, required=False)
    reply = forms.CharField(widget=forms.Textarea)


def wrong_form() -> SpecimenForm:
    """The same form as it comes back with errors."""
    form = SpecimenForm(data={"subject": "", "kind": "question"}, prefix="wrong")
    form.is_valid()
    form.errors["subject"] = form.error_class(
        ["Write a subject: it is how you find the case again."]
    )
    form.errors["priority"] = form.error_class(["Choose how much it stops you."])
    form.errors["impact"] = form.error_class(["Choose at least one: it decides whom we call."])
    return form


@dataclass(frozen=True)
class Note:
    """What a priority's card says."""

    meaning: str
    promise: str
    icon: str
    tone: str = ""


PRIORITY_NOTES = {
    "critical": Note(
        "Production use has stopped, or nobody can reasonably go on.",
        "We answer by today 16:20, your time, day and night",
        "flame",
        "waratah",
    ),
    "high": Note(
        "Important features are out, there is no way round, work goes on in part.",
        "We answer by Wed 10:20, your time",
        "chevrons-up",
        "wattle",
    ),
    "medium": Note(
        "Something is wrong or unexpected; work goes on.",
        "We answer by Wed 14:20, your time",
        "equal",
    ),
    "low": Note(
        "A question, a wish, something about the documentation.",
        "We answer by Thu 14:20, your time",
        "chevron-down",
    ),
}


@dataclass(frozen=True)
class Row:
    """A case as lists show it."""

    number: str
    subject: str
    client: str
    state: str
    priority: str
    due_state: str
    due_share: float
    due_words: str
    unread: bool = False


ROWS = (
    Row("00001042", "Nobody can sign in since the update this morning", "Carla Reyes, Acme",
        "new", "critical", "soon", 0.83, "20 min left", unread=True),
    Row("00001038", "Invoices of September show the wrong tax for New Zealand",
        "Gil Okafor, Globex", "open", "high", "running", 0.35, "due 16:40"),
    Row("00000997", "Rechtsschutzversicherungsgesellschaften: Sammelüberweisung bricht ab",
        "Jürgen Großmann-Öllermeier, Donaudampfschifffahrtsgesellschaft mbH",
        "waiting", "medium", "paused", 0.5, "paused: waiting for client"),
    Row("00000991", "לא ניתן לפתוח את הדוח החודשי מאז העדכון", "נועה בר־לב, Initech",
        "open", "medium", "missed", 1.0, "missed by 1 h 12 min", unread=True),
    Row("00000982", "https://portal.example.com/reports/quarterly?view=full&columns=a,b,c,d,e,f,g",
        "Cem Arslan, Acme", "on_hold", "low", "running", 0.1, "due Thu 14:20"),
    Row("00000979", "Thank you", "Carla Reyes, Acme", "resolved", "low", "met", 1.0, "answered"),
    Row("00000975", "Export", "Ivy Ng", "closed", "low", "none", 0.0, "no promise"),
)  # fmt: skip

TOKENS = (
    "paper",
    "surface",
    "sunk",
    "ink",
    "ink-soft",
    "line",
    "line-strong",
    "eucalypt",
    "eucalypt-wash",
    "waratah",
    "waratah-wash",
    "wattle",
    "wattle-wash",
    "sky",
    "sky-wash",
)
