"""`manage.py load_preset anz`: regions, holidays and calendars to begin with."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from helpdesk.calendars.presets import load_preset, preset_names


class Command(BaseCommand):
    help = "Adds the regions, holidays and calendars of a shipped preset. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=f"one of: {', '.join(preset_names())}")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        try:
            loaded = load_preset(name, by="Waratah", now=timezone.now())
        except LookupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Added {loaded.regions} regions, {loaded.holidays} holidays "
            f"and {loaded.calendars} calendars."
        )
