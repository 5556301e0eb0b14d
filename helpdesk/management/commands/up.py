"""`manage.py up`: the embedded desk in one command."""

import os
import sys
from argparse import Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from helpdesk.embedded.places import PROJECT
from helpdesk.embedded.wishes import add_options, wishes


class Command(BaseCommand):
    """Starts PostgreSQL, Valkey, web, worker and beat, and keeps them running until Ctrl-C."""

    help = "Start the whole desk on this machine; the same as ./waratah run."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the options of the desk."""
        add_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Become the supervisor, which needs no Django and so stays small while the desk runs."""
        asked = wishes(Namespace(**options)).as_arguments()
        os.chdir(PROJECT)
        os.execv(sys.executable, [sys.executable, "-m", "helpdesk.embedded", *asked])  # noqa: S606
