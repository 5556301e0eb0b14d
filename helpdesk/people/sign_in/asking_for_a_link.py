""" "First time here?" and "Forgot your password?": the same page for everybody who asks.

The request only notes what was typed. Whether we know the address is looked up by a worker, so
neither words nor time tell (`security.md` T41).
"""

import structlog
from django import forms
from django.db import transaction
from django.http import HttpRequest
from kombu.exceptions import OperationalError

from helpdesk.people.sign_in import limits, tasks
from helpdesk.people.sign_in.models import LinkRequest

log = structlog.get_logger(__name__)


class LinkRequestForm(forms.Form):
    """Asks for an address; answers alike for any."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={
            "required": "Type your e-mail address.",
            "invalid": "This is no e-mail address. Write it like carla@acme.example.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest) -> str:
        address = str(self.cleaned_data["email"])
        note_request(address)
        return address


def note_request(address: str) -> None:
    """Note that somebody asked for a link and wake a worker. Raises TooManyTries."""
    limits.spend(limits.LINK_ASKED_FOR_ADDRESS, address)
    with transaction.atomic():
        LinkRequest.objects.create(address=address)
        transaction.on_commit(_wake_worker)


def _wake_worker() -> None:
    """A dead broker delays the mail until the sweep, it loses nothing."""
    try:
        tasks.answer_link_requests.delay()
    except (OperationalError, OSError) as error:
        log.warning("sign_in.broker_away", error=str(error))
