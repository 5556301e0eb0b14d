"""A real OpenID provider on a local port: discovery, authorisation code with PKCE, tokens signed
with RS256, keys, user info (OpenID Connect Core and Discovery 1.0, RFC 6749, RFC 7636).

Whoever comes is signed in as `who`. `tampering` makes it misbehave as an attacker would.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "waratah", "a secret: with/odd signs and of some length"

Claims = dict[str, Any]


@dataclass
class Tampering:
    """What the provider does otherwise than it should."""

    claims: Claims = field(default_factory=dict)
    without: tuple[str, ...] = ()
    algorithm: str = "RS256"
    with_other_key: bool = False
    userinfo: Claims | None = None
    discovery: dict[str, Any] = field(default_factory=dict)
    token_answer: dict[str, Any] = field(default_factory=dict)
    is_down: bool = False


@dataclass
class Grant:
    """What was agreed when a code was given out."""

    redirect_uri: str
    challenge: str
    nonce: str
    claims: Claims


class OpenIdProvider:
    """Its state, and what it answers. Start it with `running_provider`."""

    def __init__(self) -> None:
        self.issuer = ""
        self.kid = "first"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.who: Claims = {}
        self.tampering = Tampering()
        self.grants: dict[str, Grant] = {}
        self.tokens: dict[str, Claims] = {}
        self.asked: list[dict[str, str]] = []

    def rotate_key(self) -> None:
        self.kid = secrets.token_hex(4)
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **self.tampering.discovery,
        }

    def jwks(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": self.kid, "use": "sig", "alg": "RS256"}]}

    def authorise(self, asked: dict[str, str]) -> str:
        """Sign `who` in without a question and return where the browser goes."""
        self.asked.append(asked)
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.grants[code] = Grant(
            asked["redirect_uri"], asked["code_challenge"], asked.get("nonce", ""), dict(self.who)
        )
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """A code for tokens, once, for who knows the secret and the PKCE verifier."""
        grant = self.grants.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        is_right = (
            grant is not None
            and (sent.get("client_id"), sent.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
            and sent.get("redirect_uri") == grant.redirect_uri
            and challenge == grant.challenge
        )
        if grant is None or not is_right:
            return 400, {"error": "invalid_grant"}
        access_token = secrets.token_urlsafe(16)
        self.tokens[access_token] = grant.claims
        answer = {
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": self.id_token(grant),
            **self.tampering.token_answer,
        }
        return 200, {name: value for name, value in answer.items() if value is not None}

    def id_token(self, grant: Grant) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": grant.nonce,
            **grant.claims,
            **self.tampering.claims,
        }
        claims = {name: it for name, it in claims.items() if name not in self.tampering.without}
        return jwt.encode(
            claims,
            self._signing_key(),
            algorithm=self.tampering.algorithm,
            headers={"kid": self.kid},
        )

    def _signing_key(self) -> Any:
        if self.tampering.algorithm == "none":
            return None
        if self.tampering.algorithm == "HS256":
            return CLIENT_SECRET
        if self.tampering.with_other_key:
            return rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return self.key

    def userinfo(self, token: str) -> tuple[int, dict[str, Any]]:
        claims = self.tokens.get(token)
        if claims is None:
            return 401, {"error": "invalid_token"}
        return 200, self.tampering.userinfo or claims


@contextmanager
def running_provider() -> Iterator[OpenIdProvider]:
    """An `OpenIdProvider` that answers on a free port of this machine."""
    provider = OpenIdProvider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler_for(provider: OpenIdProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self._go_to(provider.authorise(_flat(parts.query)))
            elif parts.path == "/userinfo":
                bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
                self._answer(*provider.userinfo(bearer))
            else:
                pages: dict[str, Callable[[], dict[str, Any]]] = {
                    "/.well-known/openid-configuration": provider.discovery,
                    "/jwks": provider.jwks,
                }
                page = pages.get(parts.path)
                self._answer(200, page()) if page else self._answer(404, {})

        def do_POST(self) -> None:
            sent = _flat(self.rfile.read(int(self.headers["Content-Length"])).decode())
            scheme, _, credentials = self.headers.get("Authorization", "").partition(" ")
            if scheme == "Basic":
                name, _, secret = base64.b64decode(credentials).decode().partition(":")
                sent |= {"client_id": name, "client_secret": secret}
            self._answer(*provider.exchange(sent))

        def _answer(self, status: int, content: dict[str, Any]) -> None:
            if provider.tampering.is_down:
                status, content = 503, {}
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _go_to(self, address: str) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Nothing: the tests look at the answers."""

    return Handler


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
