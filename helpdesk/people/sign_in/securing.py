"""The pages where a person adds and removes second factors; each change ends other sessions."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect

from helpdesk.people.sign_in import sessions


class EndsOtherSessions:
    """After the form did its work, only this session goes on (`security.md` T44)."""

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        sessions.end_others(self.request)  # type: ignore[attr-defined]
        return response


class AddAuthenticatorAppView(EndsOtherSessions, ActivateTOTPView):  # type: ignore[misc]
    pass


class RemoveAuthenticatorAppView(EndsOtherSessions, DeactivateTOTPView):  # type: ignore[misc]
    pass


class NewRecoveryCodesView(EndsOtherSessions, GenerateRecoveryCodesView):  # type: ignore[misc]
    pass


class AddPasskeyView(EndsOtherSessions, AddWebAuthnView):  # type: ignore[misc]
    """Asks for a key that verifies its owner, so that it may sign in without a password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = passkeys.begin_registration(self.request.user, passwordless=True)
        return context | {"js_data": {"creation_options": options}}


class RemovePasskeyView(EndsOtherSessions, RemoveWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Form) -> HttpResponse:
        authenticator: Authenticator = self.object
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(authenticator):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(self.get_success_url())
        return super().form_valid(form)
