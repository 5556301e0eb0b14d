"""Changing one's address: the new one counts when the mail sent there was answered.

A person has one address. It is what we write to, what mail is attributed by and what one signs
in with; a second one would make each of these ambiguous (decision 0012).
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.views import EmailView
from django import forms
from django.http import HttpRequest, HttpResponse

from helpdesk.people.models import Person
from helpdesk.people.sign_in import limits, mailing
from helpdesk.people.sign_in.limits import TooManyTries
from helpdesk.people.sign_in.refusing import as_form_error


class ChangeAddressForm(forms.Form):
    """The new address. Whether somebody else has it shows only in the mail sent there."""

    email = forms.EmailField(
        label="New e-mail address",
        max_length=254,
        error_messages={
            "required": "Type the new address.",
            "invalid": "This is no e-mail address. Write it like carla@acme.example.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, user: Person, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"]).lower()
        if address == self.user.email.lower():
            raise forms.ValidationError("This is your address already.")
        try:
            limits.spend(limits.VERIFICATION_MAIL, f"from {self.user.pk}")
        except TooManyTries as refusal:
            raise as_form_error(refusal) from refusal
        return address

    def save(self, request: HttpRequest) -> EmailAddress:
        """Note the wish and write to the new address, whoever it belongs to."""
        address = str(self.cleaned_data["email"])
        pending: EmailAddress = EmailAddress.objects.add_new_email(
            request, self.user, address, send_verification=False
        )
        if Person.objects.with_email(address).exists():
            mailing.send(self.user, kind="account_address_taken", values={}, to=address)
        else:
            pending.send_confirmation(request)
        return pending


class ChangeAddressView(EmailView):  # type: ignore[misc]
    """The page with the address in use and the one that waits for its proof."""

    def _action_send(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        limits.spend(limits.VERIFICATION_MAIL, f"from {request.user.pk}")
        response: HttpResponse | None = super()._action_send(request, *args, **kwargs)
        return response
