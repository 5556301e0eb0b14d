"""Checks of single values of the sign-in configuration."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError


def validate_issuer(value: str) -> None:
    """Raise ValidationError unless `value` may be an issuer (OpenID Connect Discovery, 2.1).

    Plain http is for a provider on a test machine only, where the settings allow it.
    """
    try:
        parts = urlsplit(value)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        has_host = False
    schemes = {"https", "http"} if settings.SINGLE_SIGN_ON_OVER_HTTP else {"https"}
    if not has_host or parts.scheme not in schemes or parts.query or parts.fragment:
        raise ValidationError(
            "Write the issuer as an address such as https://login.acme.example, "
            "without query or fragment."
        )
