"""Every page about accounts: allauth's by the names it knows; what is not here is not there."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import path, re_path

from helpdesk.people.sign_in import (
    changing_address,
    changing_password,
    choosing_a_password,
    limits,
    required_factor,
    securing,
    sessions,
    signing_in,
)
from helpdesk.people.sign_in.refusing import limited
from helpdesk.people.sign_in.single_sign_on import views as single_sign_on

at_sign_in = limited(limits.SIGN_IN_FROM_PLACE)
asking = limited(limits.LINK_ASKED_FROM_PLACE)
opening = limited(limits.LINK_OPENED_FROM_PLACE)
with_passkey = limited(limits.PASSKEY_FROM_PLACE)
changing = limited(limits.ACCOUNT_CHANGE)

urlpatterns = [
    # In and out
    path("login/", at_sign_in(signing_in.SignInView.as_view()), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    # A link to choose a password
    path("password/reset/", asking(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        opening(choosing_a_password.ChoosePasswordView.as_view()),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # The account itself
    path("reauthenticate/", changing(account.reauthenticate), name="account_reauthenticate"),
    path(
        "password/change/",
        changing(changing_password.ChangePasswordView.as_view()),
        name="account_change_password",
    ),
    path(
        "password/set/",
        changing(changing_password.SetPasswordView.as_view()),
        name="account_set_password",
    ),
    path("email/", changing(changing_address.ChangeAddressView.as_view()), name="account_email"),
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$",
        opening(account.confirm_email),
        name="account_confirm_email",
    ),
    path("sessions/", sessions.sessions_page, name="usersessions_list"),
    path("sessions/<int:pk>/end/", sessions.end_session, name="end_session"),
    # The second factor
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", at_sign_in(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", changing(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "2fa/required/",
        at_sign_in(required_factor.set_up_required_factor),
        name="set_up_required_factor",
    ),
    path(
        "2fa/totp/activate/",
        changing(securing.AddAuthenticatorAppView.as_view()),
        name="mfa_activate_totp",
    ),
    path(
        "2fa/totp/deactivate/",
        changing(securing.RemoveAuthenticatorAppView.as_view()),
        name="mfa_deactivate_totp",
    ),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        changing(securing.NewRecoveryCodesView.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/webauthn/login/", with_passkey(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        changing(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/webauthn/add/", changing(securing.AddPasskeyView.as_view()), name="mfa_add_webauthn"),
    path("2fa/webauthn/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "2fa/webauthn/<int:pk>/remove/",
        changing(securing.RemovePasskeyView.as_view()),
        name="mfa_remove_webauthn",
    ),
    # Single sign-on
    path("oidc/<slug:slug>/login/", single_sign_on.sign_on, name="sign_on"),
    path(
        "oidc/<slug:slug>/login/callback/",
        single_sign_on.sign_on_callback,
        name="sign_on_callback",
    ),
    path("oidc/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
]
