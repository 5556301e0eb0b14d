"""`manage.py rebuild_figures`: compare the kept figures with what they count."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.reports import keeping


class Command(BaseCommand):
    """Finds no difference on a sound desk; `--fix` counts everything anew."""

    help = "Compare the figures of dashboard and reports with the rows that they count."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fix", action="store_true", help="Count anew; whoever writes waits meanwhile."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["fix"]:
            keeping.count_anew()
        found = keeping.differences()
        for one in found:
            self.stdout.write(f"{one.what}: {one.kept} kept, {one.counted} counted")
        if found:
            raise CommandError(f"{len(found)} figures differ. --fix counts them anew.")
        self.stdout.write("All agree.")
