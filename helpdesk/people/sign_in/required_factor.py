"""Our own people set up a second factor before their first session, where the settings ask it.

It is a stage of signing in: until it is done there is no session at all, so nothing else has to
check. Sessions from before the setting was switched on end in `backend.get_user`.
"""

import base64
from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStage
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from helpdesk.people.models import Person
from helpdesk.people.sign_in.second_factor import (
    AddAuthenticatorAppForm,
    has_factor,
    is_required_of,
)
from helpdesk.people.sign_in.telling import CHANGES, tell_of_change

STAGE = "required_factor"


class RequiredFactorStage(LoginStage):  # type: ignore[misc]
    """Holds the sign-in until a second factor is there."""

    key = STAGE
    urlname = "set_up_required_factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        person = self.login.user
        if person is None or not is_required_of(person) or has_factor(person):
            return None, True
        return redirect(self.urlname), True


@login_stage_required(stage=STAGE, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def set_up_required_factor(request: HttpRequest) -> HttpResponse:
    """Show the QR code of an authenticator app; its first code lets the person in."""
    stage: RequiredFactorStage = request._login_stage  # type: ignore[attr-defined]
    person: Person = stage.login.user
    if has_factor(person):
        return redirect("account_login")
    form = AddAuthenticatorAppForm(request.POST or None, user=person)
    if form.is_valid():
        _activate(request, person, secret=form.secret)
        # First the codes for a lost phone, then where they were going.
        stage.login.redirect_url = reverse("mfa_view_recovery_codes")
        response: HttpResponseRedirect = stage.exit()
        return response
    return render(request, "mfa/required_factor.html", _values(form, person))


@transaction.atomic
def _activate(request: HttpRequest, person: Person, *, secret: str) -> None:
    authenticator = TOTP.activate(person, secret).instance
    RecoveryCodes.activate(person)
    clear_totp_secret(request)
    record_authentication(
        request,
        person,
        "mfa",
        id=authenticator.pk,
        type=Authenticator.Type.TOTP,
        reauthenticated=True,
    )
    tell_of_change(person, CHANGES["mfa/email/totp_activated"], request=request)


def _values(form: AddAuthenticatorAppForm, person: Person) -> dict[str, Any]:
    adapter = get_adapter()
    drawing = adapter.build_totp_svg(adapter.build_totp_url(person, form.secret))
    encoded = base64.b64encode(drawing.encode()).decode()
    return {
        "form": form,
        "person": person,
        "totp_svg_data_uri": f"data:image/svg+xml;base64,{encoded}",
    }
