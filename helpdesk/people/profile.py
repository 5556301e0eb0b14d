"""The profile: what a person says of themselves, and the ways to the security of their account."""

from functools import cache

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from helpdesk.people.models import Person
from helpdesk.people.requests import PersonRequest
from helpdesk.people.sign_in.second_factor import FACTORS
from helpdesk.people.validating import known_zones
from helpdesk.people.zones import zone_of

MOST_SUGGESTIONS = 12


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name, phone, time zone, language."""

    full_name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="As we address you and as others see it.",
        error_messages={"required": "Type your name."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label="Phone",
        max_length=40,
        required=False,
        help_text="Where we reach you about a critical case.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    time_zone = forms.CharField(
        label="Time zone",
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )
    language = forms.ChoiceField(label="Language", choices=settings.LANGUAGES)

    class Meta:
        model = Person
        fields = ("full_name", "phone", "time_zone", "language")

    def __init__(self, data: QueryDict | None = None, *, instance: Person) -> None:
        super().__init__(data, instance=instance)
        whose = "your organisation's" if instance.organisation else "the desk's"
        inherited = zone_of(Person(organisation=instance.organisation)).key
        self.fields[
            "time_zone"
        ].help_text = f"Times are shown in this zone. Empty means {whose}: {inherited}."
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]

    def clean_time_zone(self) -> str:
        """Take the name in any letter case, with spaces or underscores."""
        typed = str(self.cleaned_data["time_zone"]).strip()
        return _zones_by_key().get(_key(typed), typed)


@login_required
@never_cache
def profile(request: PersonRequest) -> HttpResponse:
    """Show and keep what the person says of themselves."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "Your profile is saved.")
        return redirect("profile")
    values = {"form": form, **_security_of(request.user)}
    return render(request, "account/profile.html", values)


@login_required
@require_GET
def zones(request: PersonRequest) -> HttpResponse:
    """Time zones whose name holds what was typed so far, for the field of the profile."""
    typed = _key(request.GET.get("q", "").strip())
    found = [name for key, name in _zones_by_key().items() if typed in key]
    return render(request, "account/_zones.html", {"zones": found[:MOST_SUGGESTIONS]})


def _security_of(person: Person) -> dict[str, object]:
    """What the profile says of password, second factor and sessions."""
    kinds = list(
        Authenticator.objects.filter(user=person, type__in=FACTORS).values_list("type", flat=True)
    )
    return {
        "has_password": person.has_usable_password(),
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkey_count": kinds.count(Authenticator.Type.WEBAUTHN),
        "session_count": UserSession.objects.filter(user=person).count(),
    }


@cache
def _zones_by_key() -> dict[str, str]:
    """Zones of places, such as Australia/Melbourne, by what people may type of them."""
    names = sorted(name for name in known_zones() if "/" in name and not name.startswith("Etc/"))
    return {_key(name): name for name in names}


def _key(name: str) -> str:
    return name.lower().replace("_", " ")
