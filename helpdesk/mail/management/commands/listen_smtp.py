"""Take mail by SMTP or LMTP on this machine."""

import asyncio
import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from helpdesk.mail.listening import listen


class Command(BaseCommand):
    help = "Listens for mail to the domains of this desk and stores it. Ends on Ctrl-C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=2525)
        parser.add_argument("--lmtp", action="store_true", help="speak LMTP instead of SMTP")

    def handle(self, *args: Any, host: str, port: int, lmtp: bool, **options: Any) -> None:
        try:
            asyncio.run(self._listen(host, port, lmtp))
        except OSError as error:
            raise CommandError(f"{host}:{port} cannot be used: {error.strerror}.") from error

    async def _listen(self, host: str, port: int, lmtp: bool) -> None:
        server = await listen(host, port, is_lmtp=lmtp)
        stopping = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        domains = ", ".join(settings.MAIL_DOMAINS)
        self.stdout.write(f"Taking mail for {domains} at {host}:{port}. Stop with Ctrl-C.")
        async with server:
            await stopping.wait()
