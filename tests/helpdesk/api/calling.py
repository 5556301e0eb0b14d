"""A caller of the API: a test client that sends a token and JSON."""

import json
from typing import Any

from django.test import Client

from helpdesk.api import tokens
from helpdesk.people.models import Person

API = "/api/v1/"


class Caller:
    """Software that acts with one token, or with none."""

    def __init__(self, secret: str = "") -> None:
        self.browser = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, address: str, **query: Any) -> Any:
        return self.browser.get(API + address, query, headers=self.headers)

    def post(self, address: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", address, json.dumps(body or {}), **headers)

    def put(self, address: str, body: Any) -> Any:
        return self.send("PUT", address, json.dumps(body))

    def send(
        self,
        method: str,
        address: str,
        body: str | bytes,
        content_type: str = "application/json",
        **headers: str,
    ) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.browser.generic(
            method, API + address, body, content_type, headers={**self.headers, **named}
        )


def caller_for(person: Person, *, is_read_only: bool = False) -> Caller:
    """Software with a new token of `person`."""
    return Caller(tokens.issue(person, name="Test", is_read_only=is_read_only).secret)
