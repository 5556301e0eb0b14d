"""Reading what a provider says of a person: only what is signed, for us, and for this sign-in.

OpenID Connect Core 1.0, 3.1.3.7. allauth trusts an ID token that came over TLS; here the
signature is always checked, and so are nonce, subject and algorithm (`security.md` G16).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from django.utils.crypto import constant_time_compare

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
CLOCK_LEEWAY_SECONDS = 60


class TokenRefused(Exception):
    """The ID token does not prove what it should; the message is for the log."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What counts of an ID token."""

    subject: str
    email: str
    is_email_verified: bool
    name: str


def read_id_token(
    token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, nonce: str
) -> Claims:
    """Return the claims of `token`, signed by one of `keys` (a JWK set). Raises TokenRefused."""
    try:
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(
            token,
            key=_key_for(header, keys),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client_id,
            leeway=CLOCK_LEEWAY_SECONDS,
            options={"require": ["iss", "aud", "sub", "exp", "iat"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise TokenRefused(str(error)) from error
    if not nonce or not constant_time_compare(str(claims.get("nonce", "")), nonce):
        raise TokenRefused("The nonce is not ours.")
    if isinstance(claims["aud"], list) and claims.get("azp", client_id) != client_id:
        raise TokenRefused("It was issued to another party.")
    return _as_claims(claims)


def with_userinfo(claims: Claims, userinfo: Mapping[str, Any]) -> Claims:
    """Fill in what the token left out. Raises TokenRefused when `userinfo` is of another person."""
    if userinfo.get("sub") != claims.subject:
        raise TokenRefused("The user info is of another subject.")
    if claims.email:
        return claims
    told = _as_claims(dict(userinfo))
    return Claims(claims.subject, told.email, told.is_email_verified, claims.name or told.name)


def _key_for(header: Mapping[str, Any], keys: Mapping[str, Any]) -> Any:
    """The key that the header names; without a name there must be no choice."""
    if header.get("alg") not in ALGORITHMS:
        raise TokenRefused(f"The algorithm {header.get('alg')} is not accepted.")
    known = [
        key
        for key in keys.get("keys", [])
        if isinstance(key, dict) and key.get("use", "sig") == "sig"
    ]
    named = [key for key in known if key.get("kid") == header.get("kid")]
    candidates = named or (known if header.get("kid") is None else [])
    if len(candidates) != 1:
        raise TokenRefused("No single key of the provider fits the token.")
    return jwt.PyJWK.from_json(json.dumps(candidates[0]), algorithm=header["alg"]).key


def _as_claims(told: Mapping[str, Any]) -> Claims:
    """Only true and the string "true", as some providers write it, count as verified."""
    subject, email, name = told["sub"], told.get("email") or "", told.get("name") or ""
    if not all(isinstance(value, str) for value in (subject, email, name)) or not subject:
        raise TokenRefused("Subject, e-mail address and name must be text.")
    is_verified = told.get("email_verified") is True or told.get("email_verified") == "true"
    return Claims(subject, email.strip().lower(), is_verified, name.strip())
