"""`manage.py business_time --vectors FILE`: check the arithmetic from outside."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from helpdesk.calendars.vectors import VectorError, answer


class Command(BaseCommand):
    help = "Answers questions about business time, one JSON line each. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--vectors", type=Path, required=True, metavar="FILE", help="JSON lines to answer"
        )

    def handle(self, *args: Any, vectors: Path, **options: Any) -> None:
        refused = 0
        try:
            with vectors.open(encoding="utf-8") as lines:
                for number, line in enumerate(lines, start=1):
                    if line.strip():
                        refused += not self._print_answer(line, number=number)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{vectors} cannot be read: {error}") from error
        if refused:
            raise CommandError(f"{refused} of the lines could not be answered; see above.")

    def _print_answer(self, line: str, *, number: int) -> bool:
        """Whether the line could be answered."""
        try:
            self.stdout.write(json.dumps(answer(line)))
        except VectorError as error:
            self.stderr.write(f"Line {number}: {error}")
            return False
        return True
