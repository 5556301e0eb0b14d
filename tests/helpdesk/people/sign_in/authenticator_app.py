"""An authenticator app for tests: the codes that a phone would show (RFC 6238)."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)

from helpdesk.people.models import Person


def set_up_app(person: Person) -> str:
    """Give `person` an app and recovery codes, and return the app's secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def code_of(secret: str) -> str:
    """What the app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def recovery_codes_of(person: Person) -> list[str]:
    return list(RecoveryCodes.activate(person).get_unused_codes())
