"""`manage.py lint_calendars`: what is wrong soon; exits 1 if a promise cannot be kept."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from helpdesk.calendars.desk_lint import lint_desk
from helpdesk.calendars.lint import Severity


class Command(BaseCommand):
    help = "Looks through the next 400 days of every calendar and of the on-call rota."

    def handle(self, *args: Any, **options: Any) -> None:
        found = lint_desk(now=timezone.now())
        for one in found:
            self.stdout.write(
                f"{one.finding.severity.title()}: {one.subject}: {one.finding.sentence}"
            )
        if not found:
            self.stdout.write("Nothing to look at.")
        if any(one.finding.severity is Severity.ERROR for one in found):
            sys.exit(1)
