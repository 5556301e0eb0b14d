"""`manage.py rebuild_sla`: fold every log of events and compare it with its timer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.sla.rebuilding import differences


class Command(BaseCommand):
    """Finds no difference on a sound desk; `--fix` brings the timers back to their logs."""

    help = "Fold all SLA events and compare them with the timers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="Write what the logs say.")

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for difference in differences(fix=options["fix"]):
            count += 1
            for name, (row, log) in difference.columns.items():
                self.stdout.write(f"timer {difference.timer}: {name} is {row}, its log says {log}")
        if count and not options["fix"]:
            raise CommandError(f"{count} timers differ from their logs. --fix writes the logs.")
        self.stdout.write(f"{count} timers brought back to their logs." if count else "All agree.")
