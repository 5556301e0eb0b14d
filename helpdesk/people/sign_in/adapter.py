"""Where allauth asks us: mails, addresses of links, limits, the length of a session."""

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from helpdesk.people import addresses
from helpdesk.people.models import Person
from helpdesk.people.sign_in import limits, mailing, regions, sessions
from helpdesk.people.sign_in.telling import CHANGES, tell_of_change

log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Our answers to allauth's questions about accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "This user name and password do not belong together. "
        "Check both, or get a link to set a new password.",
        "email_password_mismatch": "This address and password do not belong together. "
        "Check both, or get a link to set a new password.",
        "incorrect_password": "This is not your current password.",
        "enter_current_password": "This is not your current password.",
        "same_as_current": "This is your address already.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from administrators, from mail and from known sign-on providers."""
        return False

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC, signup: bool
    ) -> None:
        address = emailconfirmation.email_address
        link = self.get_email_confirmation_url(request, emailconfirmation)
        mailing.send(
            address.user,
            kind="account_confirm_address",
            values={"address": address.email, "link_url": link},
            to=address.email,
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        what = CHANGES.get(template_prefix, "The security of your account was changed.")
        tell_of_change(user, what, request=self.request, to=email or "")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Refuse: every mail of ours has words of its own, and nobody unknown is written to."""
        raise NotImplementedError(f"No words for {template_prefix}.")

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC
    ) -> str:
        # From the settings, never from the request: a forged Host header must not reach a mail.
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return f"{settings.SITE_URL}{path}"

    def should_send_confirmation_mail(
        self, request: HttpRequest, email_address: EmailAddress, signup: bool
    ) -> bool:
        return limits.attempt(limits.VERIFICATION_MAIL, email_address.email).is_allowed

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Make a verified address the person's own, unless somebody else has it by now."""
        person = email_address.user
        if not addresses.take_over(person, email_address.email):
            messages.error(
                request,
                f"{email_address.email} cannot be used: it belongs to another account. "
                f"Your address is still {person.email}.",
            )
            return False
        return bool(super().confirm_email(request, email_address))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Check a password within the limits; only failures count. Raises TooManyTries."""
        place = limits.place_of(request)
        name = (credentials.get("email") or credentials.get("username") or "").strip().lower()
        from_place = limits.spend(limits.WRONG_FROM_PLACE, place)
        for_name = limits.spend(limits.WRONG_FOR_NAME, name)
        person: Person | None = super().authenticate(request, **credentials)
        if person is None:
            log.info("sign_in.refused", how="password")
            return None
        limits.give_back(limits.WRONG_FROM_PLACE, place, from_place)
        limits.give_back(limits.WRONG_FOR_NAME, name, for_name)
        return person

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: the limits stand in `authenticate`."""

    def reauthenticate(self, user: Person, password: str) -> bool:
        """Whether this is the person's password, within the limits of signing in."""
        return self.authenticate(context.request, username=user.username, password=password) == user

    def get_login_stages(self) -> list[str]:
        return [
            "allauth.account.stages.EmailVerificationStage",
            "allauth.mfa.stages.AuthenticateStage",
            "helpdesk.people.sign_in.required_factor.RequiredFactorStage",
        ]

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        sessions.start(request, user)
        log.info("sign_in.done", person=user.pk)

    def post_login(self, request: HttpRequest, user: Person, **hints: Any) -> Any:
        response = super().post_login(request, user, **hints)
        regions.remember(response, regions.region_of(user))
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        person = request.user
        is_ours = isinstance(person, Person) and person.is_staff_member
        return str(settings.STAFF_HOME if is_ours else settings.LOGIN_REDIRECT_URL)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        is_signed_in = self.request.user.is_authenticated
        return reverse("profile" if is_signed_in else "account_login")
