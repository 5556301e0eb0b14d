"""Fetching from a mailbox: stored before it is put away, and never twice."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from pytest_django.fixtures import Settings

from helpdesk.mail import intake
from helpdesk.mail.access_token import TokenSource
from helpdesk.mail.fetching import Account, Fetcher
from helpdesk.mail.management.commands.fetch_imap import follow
from helpdesk.mail.models import InboundMail
from helpdesk.mail.states import InboundState
from tests.helpdesk.mail.imap_server import ImapServer
from tests.helpdesk.mail.mails import a_raw_mail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with ImapServer() as imap:
        yield imap


def account(server: ImapServer, *, move_to: str = "") -> Account:
    url = f"imap://desk%40acme.example:s%40cret@127.0.0.1:{server.port}/INBOX"
    return Account.at(url, move_to=move_to)


def test_every_new_mail_is_stored_and_marked_as_seen(server: ImapServer) -> None:
    server.put(a_raw_mail(text="one"))
    server.put(a_raw_mail(text="two"))
    with Fetcher(account(server)) as fetcher:
        assert (fetcher.fetch_new(), fetcher.fetch_new()) == (2, 0)
    assert [bytes(mail.raw.content) for mail in InboundMail.objects.order_by("pk")] == [
        a_raw_mail(text="one"),
        a_raw_mail(text="two"),
    ]
    assert InboundMail.objects.earliest("pk").provider_id == "127.0.0.1/INBOX/77/1"
    assert all(message.flags == {"\\Seen"} for message in server.messages.values())


def test_a_mail_can_be_moved_away_instead(server: ImapServer) -> None:
    server.put(a_raw_mail())
    with Fetcher(account(server, move_to="Done")) as fetcher:
        fetcher.fetch_new()
    assert (server.moved, server.messages) == ([a_raw_mail()], {})


def test_a_mail_that_could_not_be_stored_stays_new(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: object, **more: object) -> None:
        raise DatabaseError("away")

    server.put(a_raw_mail())
    with monkeypatch.context() as patch, Fetcher(account(server)) as fetcher:
        patch.setattr(intake, "receive", fails)
        with pytest.raises(DatabaseError):
            fetcher.fetch_new()
    assert server.messages[1].flags == set()
    with Fetcher(account(server)) as fetcher:
        assert fetcher.fetch_new() == 1


def test_a_mail_that_comes_again_after_a_crash_is_one_row(server: ImapServer) -> None:
    server.put(a_raw_mail())
    for _ in range(2):
        with Fetcher(account(server)) as fetcher:
            fetcher.fetch_new()
        server.messages[1].flags.clear()
    assert InboundMail.objects.get().deliveries == 2


def test_a_mail_that_is_too_large_is_not_fetched_but_recorded(
    server: ImapServer, settings: Settings
) -> None:
    settings.MAIL_MAX_BYTES = 1000
    server.put(a_raw_mail(text="x" * 5000))
    with Fetcher(account(server)) as fetcher:
        fetcher.fetch_new()
    mail = InboundMail.objects.get()
    assert (mail.state, mail.size > 5000) == (InboundState.REJECTED, True)
    assert "The printer is on fire" in mail.evidence["head"]


def test_it_signs_in_with_the_password_of_the_address(server: ImapServer) -> None:
    with Fetcher(account(server)):
        pass
    assert server.sign_ins == ['desk@acme.example "s@cret"']


def test_it_signs_in_with_a_token(server: ImapServer, token_service: str) -> None:
    with_token = Account.at(
        f"imap://desk%40acme.example@127.0.0.1:{server.port}",
        oauth={"url": token_service, "client_id": "desk", "refresh_token": "r"},
    )
    with Fetcher(with_token):
        pass
    assert server.sign_ins == ["user=desk@acme.example\x01auth=Bearer token-1\x01\x01"]


def test_it_waits_by_idle_and_fetches_what_comes(server: ImapServer) -> None:
    stopping = threading.Event()
    thread = threading.Thread(target=follow, args=(account(server), stopping))
    thread.start()
    try:
        server.put(a_raw_mail())
        _until(lambda: InboundMail.objects.count() == 1)
        server.put(a_raw_mail(text="two"))
        _until(lambda: InboundMail.objects.count() == 2)
    finally:
        stopping.set()
        server.put(a_raw_mail(text="wakes the waiting line"))
        thread.join(timeout=30)
    assert not thread.is_alive()


def test_the_command_fetches_once_and_says_how_many(
    server: ImapServer, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    server.put(a_raw_mail())
    settings.IMAP_URL = f"imap://desk:secret@127.0.0.1:{server.port}"
    call_command("fetch_imap", "--once")
    assert "1 new mails stored." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "Set IMAP_URL"),
        ("imap://desk:wrong@127.0.0.1:{port}", "The mailbox could not be read"),
        ("imap://desk:secret@127.0.0.1:1", "The mailbox could not be read"),
        ("http://desk@127.0.0.1", "must look like"),
    ],
)
def test_trouble_is_told_in_a_sentence(
    server: ImapServer, settings: Settings, url: str, words: str
) -> None:
    settings.IMAP_URL = url.format(port=server.port)
    with pytest.raises(CommandError, match=words):
        call_command("fetch_imap", "--once")


def test_a_token_is_kept_until_it_ends(token_service: str) -> None:
    source = TokenSource.of({"url": token_service, "client_id": "desk"})
    assert [source.fresh(), source.fresh()] == ["token-1", "token-1"]


def test_a_token_service_on_plain_http_elsewhere_is_refused() -> None:
    with pytest.raises(ValueError, match="with https"):
        TokenSource.of({"url": "http://login.example/token"})


def _until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline
        threading.Event().wait(0.05)
