"""Access tokens by OAuth 2 for mailboxes that no longer take passwords (Microsoft 365, Google)."""

import json
import time
from collections.abc import Mapping
from typing import Self
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

TIMEOUT_SECONDS = 10
LARGEST_ANSWER = 64 * 1024
# A token is renewed this long before it ends.
MARGIN_SECONDS = 60


class NoToken(Exception):
    """The sign-in service gave no token; says why in a sentence."""


class TokenSource:
    """Gets tokens for a refresh token, or in the name of the desk itself when there is none."""

    def __init__(self, *, url: str, fields: Mapping[str, str]) -> None:
        self._url, self._fields = url, dict(fields)
        self._token, self._until = "", 0.0

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> Self:
        """Read the setting IMAP_OAUTH: url, client_id, client_secret, refresh_token, scope.

        Raises ValueError when `url` is missing or not encrypted.
        """
        url = settings.get("url", "")
        if not url.startswith(("https://", "http://localhost", "http://127.0.0.1")):
            raise ValueError("IMAP_OAUTH needs the url of the token service, with https.")
        names = ("client_id", "client_secret", "refresh_token", "scope")
        fields = {name: settings[name] for name in names if settings.get(name)}
        fields["grant_type"] = (
            "refresh_token" if "refresh_token" in fields else "client_credentials"
        )
        return cls(url=url, fields=fields)

    def fresh(self) -> str:
        """Return a token that is valid for another minute at least. Raises NoToken."""
        if time.monotonic() > self._until:
            answer = self._ask()
            self._token = str(answer["access_token"])
            lifetime = float(answer.get("expires_in", 0))  # type: ignore[arg-type]
            self._until = time.monotonic() + lifetime - MARGIN_SECONDS
        return self._token

    def _ask(self) -> dict[str, object]:
        request = Request(self._url, data=urlencode(self._fields).encode())  # noqa: S310 - see `of`
        try:
            with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
                told = json.loads(answer.read(LARGEST_ANSWER))
        except (URLError, OSError, ValueError) as error:
            raise NoToken(f"The token service gave no answer that we can use ({error}).") from error
        if not isinstance(told, dict) or not told.get("access_token"):
            raise NoToken("The token service gave no access token.")
        return told
