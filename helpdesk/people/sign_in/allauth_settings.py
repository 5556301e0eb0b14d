"""How django-allauth is set up: what depends on no environment. Read by `helpdesk/settings.py`."""

ACCOUNT_ADAPTER = "helpdesk.people.sign_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "helpdesk.people.sign_in.links.LinkTokens"  # noqa: S105
# allauth keeps its limits in Redis; ours are in PostgreSQL (`limits.py`, decision 0011).
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "helpdesk.people.sign_in.signing_in.SignInForm",
    "reset_password": "helpdesk.people.sign_in.asking_for_a_link.LinkRequestForm",
    "reset_password_from_key": "helpdesk.people.sign_in.choosing_a_password.ChoosePasswordForm",
    "add_email": "helpdesk.people.sign_in.changing_address.ChangeAddressForm",
    "change_password": "helpdesk.people.sign_in.changing_password.ChangePasswordForm",
    "set_password": "helpdesk.people.sign_in.changing_password.SetPasswordForm",
    "reauthenticate": "helpdesk.people.sign_in.confirming.ConfirmByPasswordForm",
}

MFA_ADAPTER = "helpdesk.people.sign_in.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "helpdesk.people.sign_in.second_factor.CodeForm",
    "reauthenticate": "helpdesk.people.sign_in.second_factor.ConfirmByCodeForm",
    "activate_totp": "helpdesk.people.sign_in.second_factor.AddAuthenticatorAppForm",
    "add_webauthn": "helpdesk.people.sign_in.second_factor.AddPasskeyForm",
}

SOCIALACCOUNT_ADAPTER = "helpdesk.people.sign_in.single_sign_on.adapter.SignOnAdapter"
