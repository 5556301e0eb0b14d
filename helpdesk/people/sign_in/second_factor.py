"""Authenticator apps, passkeys and recovery codes: allauth's, within our limits."""

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings

from helpdesk.people.models import Person
from helpdesk.people.sign_in import limits
from helpdesk.people.sign_in.limits import TooManyTries
from helpdesk.people.sign_in.refusing import as_form_error
from helpdesk.people.sign_in.sealing import seal, unseal

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_required_of(person: Person) -> bool:
    """Whether the settings ask a second factor of this person."""
    return bool(settings.STAFF_MUST_USE_MFA) and person.is_staff_member


def has_factor(person: Person) -> bool:
    """Whether they have an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user=person, type__in=FACTORS).exists())


def remove_all(person: Person) -> None:
    """Take every second factor away, recovery codes too: the phone is lost."""
    Authenticator.objects.filter(user=person).delete()


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Our answers to allauth's questions about second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right, or was used already. Wait for the next one.",
        "cannot_delete_authenticator": "You need a second factor to work here. "
        "Add another one first, then remove this one.",
        "unverified_email": "Confirm your e-mail address first: follow the link in our mail.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who must have a second factor keeps the last one."""
        person = authenticator.user
        others = Authenticator.objects.filter(user=person, type__in=FACTORS).exclude(
            pk=authenticator.pk
        )
        return not is_required_of(person) or others.exists()

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002
        """What a passkey is called whose owner gave it no name."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}" if count else "Passkey"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        # From the settings, not from the Host header: passkeys belong to one site for ever.
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": settings.SITE_NAME}


class WithinCodeLimit(forms.Form):
    """Five codes in five minutes for each person; each code of an app once."""

    user: Person
    authenticator: Authenticator

    def clean_code(self) -> str:
        try:
            limits.spend(limits.CODE, str(self.user.pk))
        except TooManyTries as refusal:
            raise as_form_error(refusal) from refusal
        code = str(self.cleaned_data["code"])
        for authenticator in Authenticator.objects.filter(user=self.user).order_by("type"):
            if _opens(authenticator, code):
                authenticator.user = self.user
                self.authenticator = authenticator
                return code
        raise forms.ValidationError(SecondFactorAdapter.error_messages["incorrect_code"])


def _opens(authenticator: Authenticator, code: str) -> bool:
    """Whether `code` is right and new. allauth notes used codes in Redis; we do in PostgreSQL."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return bool(authenticator.wrap().validate_code(code))
    if authenticator.type != Authenticator.Type.TOTP:
        return False
    secret = unseal(authenticator.data["secret"])
    code = "".join(code.split())
    subject = f"{authenticator.user_id}:{code}"
    return validate_totp_code(secret, code) and (
        limits.attempt(limits.CODE_USED, subject).is_allowed
    )


def _code_field() -> forms.CharField:
    return forms.CharField(
        label="Code",
        max_length=20,
        error_messages={"required": "Type the code."},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class CodeForm(WithinCodeLimit, AuthenticateForm):  # type: ignore[misc]
    """At sign-in: a code of the app, or a recovery code."""

    code = _code_field()


class ConfirmByCodeForm(WithinCodeLimit, ReauthenticateForm):  # type: ignore[misc]
    """Before the account is changed."""

    code = _code_field()


class AddAuthenticatorAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app proves that it was set up."""

    code = _code_field()

    def clean_code(self) -> str:
        try:
            limits.spend(limits.CODE, str(self.user.pk))
        except TooManyTries as refusal:
            raise as_form_error(refusal) from refusal
        return str(super().clean_code())


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey always asks for finger, face or PIN, so that it may sign in by itself."""

    name = forms.CharField(
        label="Name of the passkey",
        max_length=60,
        required=False,
        help_text="Such as “Phone” or “Blue key”, to tell several apart.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
