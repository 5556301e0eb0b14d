"""Make a token for other software; it is shown here once and nowhere else."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from helpdesk.api import tokens
from helpdesk.people.models import Person

MOST_DAYS = 3650


class Command(BaseCommand):
    help = "Make an API token with which other software acts as a person. It is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("--name", required=True, help="What will use it.")
        parser.add_argument("--read-only", action="store_true", help="It changes nothing.")
        parser.add_argument("--days", type=int, default=tokens.LIFETIME.days, help="In force.")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(username__iexact=options["username"]).first()
        if person is None or not person.is_active:
            raise CommandError(f"Nobody active has the user name {options['username']}.")
        if not 1 <= options["days"] <= MOST_DAYS:
            raise CommandError(f"A token is in force for 1 to {MOST_DAYS} days.")
        issued = tokens.issue(
            person,
            name=options["name"].strip()[:100],
            is_read_only=options["read_only"],
            lifetime=timedelta(days=options["days"]),
        )
        self.stderr.write(
            f"For {person.name}, until {issued.token.expires_at:%d %B %Y}. "
            "Copy it now: it is not shown again."
        )
        self.stdout.write(issued.secret)
