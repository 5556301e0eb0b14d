"""The switch for colours, without script."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_choice_comes_back_with_the_next_page(client: Client) -> None:
    answer = client.post("/appearance/", {"theme": "dark"}, headers={"referer": "/cases/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cases/")
    assert 'data-theme="dark"' in client.get("/nothing-here/").content.decode()


def test_a_reader_is_never_sent_to_another_site(client: Client) -> None:
    answer = client.post(
        "/appearance/", {"theme": "dark"}, headers={"referer": "https://evil.example/"}
    )
    assert answer.headers["Location"] == "/"


def test_following_the_system_forgets_the_choice(client: Client) -> None:
    client.post("/appearance/", {"theme": "dark"})
    client.post("/appearance/", {"theme": ""})
    assert "data-theme" not in client.get("/nothing-here/").content.decode()


def test_only_a_post_changes_anything(client: Client) -> None:
    assert client.get("/appearance/?theme=dark").status_code == 405
