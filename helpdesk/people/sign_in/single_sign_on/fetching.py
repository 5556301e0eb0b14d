"""Talking to a provider: encrypted, without redirects, and never for long."""

import time
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 3, 5, 10
MOST_BYTES = 256 * 1024


class NotFetched(requests.RequestException):
    """The provider's answer, or its address, is not one that we accept."""


class CarefulSession(requests.Session):
    """What allauth uses for its requests to a provider, within bounds."""

    def request(self, method: str, url: str, **options: Any) -> requests.Response:  # type: ignore[override]
        """As in requests. Raises requests.RequestException when it takes too long, or too much."""
        schemes = {"https", "http"} if settings.SINGLE_SIGN_ON_OVER_HTTP else {"https"}
        if urlsplit(url).scheme not in schemes:
            raise NotFetched(f"{url} is not https.")
        options |= {
            "timeout": (CONNECT_SECONDS, READ_SECONDS),
            "allow_redirects": False,
            "stream": True,
        }
        until = time.monotonic() + WHOLE_SECONDS
        response = super().request(method, url, **options)
        response._content = _read(response, until=until)
        return response


def get_json(url: str, *, token: str = "") -> dict[str, Any]:
    """Fetch a JSON object. Raises requests.RequestException."""
    headers = {"Authorization": f"Bearer {token}"} if token else None
    with CarefulSession() as session:
        response = session.get(url, headers=headers)
    response.raise_for_status()
    answer = response.json()
    if not isinstance(answer, dict):
        raise NotFetched(f"{url} answered no JSON object.")
    return answer


def _read(response: requests.Response, *, until: float) -> bytes:
    body = b""
    for chunk in response.iter_content(8192):
        body += chunk
        if len(body) > MOST_BYTES or time.monotonic() > until:
            raise NotFetched(f"{response.url} answered too much or too slowly.")
    return body
