"""What a provider says of itself (OpenID Connect Discovery 1.0)."""

from typing import Any

from helpdesk.people.sign_in.single_sign_on.fetching import get_json

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
WELL_KNOWN = "/.well-known/openid-configuration"


class ProviderUnusable(Exception):
    """The provider answers, but not as the configured issuer should."""


def configuration_of(issuer: str) -> dict[str, Any]:
    """Fetch it, each time anew: keys and endpoints may have moved.

    Raises ProviderUnusable, or requests.RequestException when nothing usable comes back.
    """
    configuration = get_json(issuer.rstrip("/") + WELL_KNOWN)
    if configuration.get("issuer") != issuer:
        raise ProviderUnusable("The issuer names itself otherwise.")
    missing = [name for name in ENDPOINTS if not isinstance(configuration.get(name), str)]
    if missing:
        raise ProviderUnusable(f"It names no {', '.join(missing)}.")
    return configuration
