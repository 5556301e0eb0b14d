"""Signing in with a user name or an e-mail address and a password."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.internal import flows
from allauth.account.views import LoginView
from django import forms
from django.http import HttpRequest, HttpResponse

from helpdesk.people.sign_in import regions
from helpdesk.people.sign_in.limits import TooManyTries
from helpdesk.people.sign_in.refusing import as_form_error


class SignInForm(LoginForm):  # type: ignore[misc]
    """One answer for every wrong pair, whoever is meant."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.retry_after = 0
        self.fields.pop("remember", None)
        self.fields["login"] = forms.CharField(
            label="User name or e-mail address",
            max_length=254,
            error_messages={"required": "Type your user name or e-mail address."},
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
            ),
        )
        self.fields["password"] = forms.CharField(
            label="Password",
            max_length=1000,
            strip=False,
            error_messages={"required": "Type your password."},
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
        self.order_fields(["login", "password"])

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except TooManyTries as refusal:
            self.retry_after = refusal.retry_after
            raise as_form_error(refusal) from refusal
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Go on to the second factor or in. The session's length is set in `sessions.start`."""
        self._login.redirect_url = redirect_url
        response: HttpResponse = flows.login.perform_password_login(
            request, self.user_credentials(), self._login
        )
        return response


class SignInView(LoginView):  # type: ignore[misc]
    """The sign-in page of a region: password for all, single sign-on where it is offered."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        region = regions.region_chosen(self.request)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "region": region,
            "providers": regions.providers_for(region),
            "regions": regions.regions_to_choose(),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs)
        if "region" in request.GET:
            regions.remember(response, regions.region_chosen(request))
        return response

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if form.retry_after:
            response.status_code = 429
            response["Retry-After"] = str(form.retry_after)
        return response
