"""Telling people by mail that something about the security of their account changed."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from helpdesk.people.models import Person
from helpdesk.people.sign_in import mailing
from helpdesk.people.sign_in.limits import place_of
from helpdesk.people.zones import zone_of

CHANGES = {
    "account/email/email_changed": "The e-mail address of your account was changed.",
    "account/email/email_deleted": "The change of your e-mail address was called off.",
    "account/email/password_changed": "Your password was changed.",
    "account/email/password_reset": "A new password was chosen by a link from a mail.",
    "account/email/password_set": "A password was set for your account.",
    "mfa/email/totp_activated": "An authenticator app was added to your account.",
    "mfa/email/totp_deactivated": "The authenticator app was removed from your account.",
    "mfa/email/webauthn_added": "A passkey was added to your account.",
    "mfa/email/webauthn_removed": "A passkey was removed from your account.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account.",
}


def tell_of_change(
    person: Person, what: str, *, request: HttpRequest | None = None, to: str = ""
) -> None:
    """Mail `what` happened, when, and from where."""
    now = timezone.now().astimezone(zone_of(person))
    mailing.send(
        person,
        kind="account_changed",
        values={
            "what": what,
            "at": now.strftime("%A %d %B %Y, %H:%M (%Z)"),
            "place": place_of(request) if request else "",
            "browser": request.headers.get("User-Agent", "")[:200] if request else "",
            "profile_url": settings.SITE_URL + reverse("profile"),
        },
        to=to,
    )
