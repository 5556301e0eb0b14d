"""`manage.py check_minutes`: prove that the ledger of minutes adds up."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.entitlements.checking import differences, rebuild


class Command(BaseCommand):
    """Finds no difference on a sound desk; `--fix` brings the balances back to their postings."""

    help = "Compare every balance of the ledger of minutes with its postings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="Write what the postings say.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["fix"]:
            rebuild()
        count = 0
        for sentence in differences():
            count += 1
            self.stdout.write(sentence)
        if count:
            raise CommandError(f"{count} numbers differ. --fix writes what the postings say.")
        self.stdout.write("All agree.")
