"""Fetch mail from the mailbox in IMAP_URL, once or for ever."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from imapclient.exceptions import IMAPClientError

from helpdesk.mail.access_token import NoToken
from helpdesk.mail.fetching import Account, Fetcher

log = structlog.get_logger(__name__)

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5, 300
TROUBLE = (OSError, IMAPClientError, DatabaseError, NoToken)


class Command(BaseCommand):
    help = "Stores the new mails of the mailbox in IMAP_URL, and goes on as they come."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="fetch what is there and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if not settings.IMAP_URL:
            raise CommandError("Set IMAP_URL, such as imaps://user:password@host/INBOX.")
        try:
            account = Account.at(
                settings.IMAP_URL, move_to=settings.IMAP_MOVE_TO, oauth=settings.IMAP_OAUTH
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        if once:
            self._fetch_once(account)
            return
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        follow(account, stopping)

    def _fetch_once(self, account: Account) -> None:
        try:
            with Fetcher(account) as fetcher:
                count = fetcher.fetch_new()
        except TROUBLE as error:
            raise CommandError(f"The mailbox could not be read: {error}") from error
        self.stdout.write(f"{count} new mails stored.")


def follow(account: Account, stopping: threading.Event) -> None:
    """Fetch and wait until told to stop; trouble is waited out, 5 s at first, then up to 5 min."""
    pause = FIRST_PAUSE_SECONDS
    while not stopping.is_set():
        close_old_connections()
        try:
            with Fetcher(account) as fetcher:
                while not stopping.is_set():
                    if count := fetcher.fetch_new():
                        log.info("mail.fetched", count=count)
                    pause = FIRST_PAUSE_SECONDS
                    fetcher.wait(stopping)
        except TROUBLE as error:
            log.warning("mail.mailbox_away", error=str(error), pause_seconds=pause)
            stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
