"""Asking for the password again before the account itself is changed."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms

from helpdesk.people.models import Person
from helpdesk.people.sign_in.limits import TooManyTries
from helpdesk.people.sign_in.refusing import as_form_error


def check_current_password(password: str, *, person: Person) -> str:
    """Return `password` if it is the person's. Raises ValidationError if not, or too many tries."""
    try:
        is_right = get_adapter().reauthenticate(person, password)
    except TooManyTries as refusal:
        raise as_form_error(refusal) from refusal
    if not is_right:
        raise forms.ValidationError("This is not your current password.")
    return password


def current_password_field() -> forms.CharField:
    return forms.CharField(
        label="Current password",
        max_length=1000,
        strip=False,
        error_messages={"required": "Type your current password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ConfirmByPasswordForm(forms.Form):
    """The current password alone."""

    password = current_password_field()

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        return check_current_password(self.cleaned_data["password"], person=self.user)
