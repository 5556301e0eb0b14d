"""What lets somebody in does not stand in the logs."""

import logging

import pytest
import structlog
from django.test import Client

from helpdesk.people.sign_in.redacting import hide_links


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (
            "GET /accounts/password/reset/key/1-PWuwNbPK3o-R_g/",
            "GET /accounts/password/reset/key/1-.../",
        ),
        (
            "GET /accounts/password/reset/key/1-set-password/",
            "GET /accounts/password/reset/key/1-set-password/",
        ),
        ("GET /accounts/confirm-email/Mg:1vT:x-y_z/", "GET /accounts/confirm-email/.../"),
        (
            "GET /accounts/oidc/acme-id/login/callback/?code=abc&state=def&x=1",
            "GET /accounts/oidc/acme-id/login/callback/?code=...&state=...&x=1",
        ),
        ("GET /cases/?q=code", "GET /cases/?q=code"),
    ],
)
def test_tokens_are_replaced_and_nothing_else(written: str, kept: str) -> None:
    assert hide_links(None, "info", {"request": written, "n": 1}) == {"request": kept, "n": 1}


def test_a_request_with_a_link_is_logged_without_it(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        client.get("/accounts/password/reset/key/1-a-secret-token/")
    assert "/accounts/password/reset/key/1-.../" in caplog.text
    assert "a-secret-token" not in caplog.text


def test_the_desk_logs_through_it() -> None:
    assert hide_links in structlog.get_config()["processors"]
