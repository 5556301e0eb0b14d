"""Take articles over from a folder of Markdown or HTML."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.articles.importing import import_folder
from knowledgebase.articles.languages import offered


class Command(BaseCommand):
    """Folders become sections, files become articles; run again, only what changed is taken."""

    help = "Import a folder of Markdown or HTML files, with the pictures beside them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--by", required=True, help="User name of the lead who imports.")
        parser.add_argument("--language", default="en", choices=offered())
        parser.add_argument("--publish", action="store_true", help="Let readers have them at once.")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder. Nothing was imported.")
        lead = Person.objects.leads().named(options["by"]).first()
        if lead is None:
            raise CommandError("Name a lead or an administrator with --by. Nothing was imported.")
        report = import_folder(
            folder, by=Actor.of(lead), language=options["language"], publish=options["publish"]
        )
        for place, why in report.refused:
            self.stdout.write(f"not taken: {place}: {why}")
        self.stdout.write(
            f"{len(report.added)} added, {len(report.changed)} changed, "
            f"{len(report.same)} as they were, {len(report.refused)} not taken."
        )
