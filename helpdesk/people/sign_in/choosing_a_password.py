"""Following a link from a mail and choosing a password, once."""

from typing import Any

from allauth.account.forms import PasswordVerificationMixin
from allauth.account.views import PasswordResetFromKeyView
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from helpdesk.people import addresses
from helpdesk.people.models import Person
from helpdesk.people.sign_in import links, sessions


class LinkUsedUp(Exception):
    """The link was used, or withdrawn, while its page was open."""


class NewPasswordForm(PasswordVerificationMixin, forms.Form):  # type: ignore[misc]
    """A new password, twice, checked by the house's rules."""

    user: Person
    password1 = forms.CharField(
        label="New password",
        max_length=1000,
        strip=False,
        help_text="At least 10 characters. A few words in a row are good and easy to remember.",
        error_messages={"required": "Type a new password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="New password again",
        max_length=1000,
        strip=False,
        error_messages={"required": "Type the new password again."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super(PasswordVerificationMixin, self).clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", ValidationError("The two passwords differ."))
        return cleaned


class ChoosePasswordForm(NewPasswordForm):
    """The form behind a mailed link."""

    def __init__(self, *args: Any, user: Person, temp_key: str, **kwargs: Any) -> None:
        self.user, self.token = user, temp_key
        super().__init__(*args, **kwargs)

    @transaction.atomic
    def save(self) -> None:
        """Use the link up, set the password, end every session. Raises LinkUsedUp."""
        now = timezone.now()
        link = links.find_link(self.user, self.token, now=now)
        if link is None or not links.use_link(link, now=now):
            raise LinkUsedUp
        self.user.set_password(self.cleaned_data["password1"])
        self.user.save(update_fields=["password"])
        addresses.mark_verified(self.user)
        sessions.end_all(self.user)


class ChoosePasswordView(PasswordResetFromKeyView):  # type: ignore[misc]
    """The page behind a mailed link. It signs in, by the second factor where there is one."""

    def form_valid(self, form: ChoosePasswordForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except LinkUsedUp:
            response = self.render_to_response(self.get_context_data(form=form, token_fail=True))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person: Person | None = self.reset_user
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "person": person,
            "is_first_time": person is not None and not person.has_usable_password(),
        }
