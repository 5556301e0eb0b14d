"""Demo data: the cast, a dozen organisations, cases in every state and age."""

import random
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cases.escalations.presets import load_chain
from cases.models import Case
from cases.sla.presets import load_policies
from cases.sla.sweeping import sweep
from helpdesk.calendars.presets import load_preset
from helpdesk.demo import chats, history, letters, on_call
from helpdesk.demo.accounts import PASSWORD
from helpdesk.demo.calls import make_calls
from helpdesk.demo.cast import make_cast
from helpdesk.demo.defects import make_defects
from helpdesk.demo.multiplying import multiply, tidy
from helpdesk.demo.sharing import share
from helpdesk.demo.shelf import fill_the_shelf
from helpdesk.people.models import Person

PLAYED = 300
# The same story each time, so that screenshots and figures can be compared.
STORY = 20260301


class Command(BaseCommand):
    """Fill an empty desk with people and cases to look at."""

    help = "Load the anz preset and demo data: people, organisations and cases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do nothing on a seeded desk.")
        parser.add_argument(
            "--cases", type=int, default=PLAYED, help="How many cases there should be in all."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        is_seeded = Person.objects.filter(username="ada", email="ada@desk.example").exists()
        if is_seeded and options["once"]:
            return
        if Case.objects.exists() and not is_seeded:
            raise CommandError(
                "This desk has cases of its own. Demo data would mix with them; nothing was done."
            )
        # Whole or not at all: a desk that was stopped in between begins anew.
        with transaction.atomic():
            load_preset("anz", by="anz preset", now=timezone.now())
            load_policies()
            load_chain()
            people = make_cast()
            on_call.make_rota(people, now=timezone.now())
            if not is_seeded:
                self._play(people, count=min(options["cases"], PLAYED))
                share(people, now=timezone.now())
                history.count_as_told()
        if not is_seeded:
            # Outside the transaction: each mail is committed by itself, as when it really comes.
            letters.post(people)
        missing = options["cases"] - Case.objects.count()
        if missing > 0:
            multiply(missing, told=self._told(missing))
            tidy()
        self.stdout.write(f"Demo accounts: ada, ben, lea, root, carla, cem, gil ({PASSWORD}).")

    def _play(self, people: dict[str, Person], *, count: int) -> None:
        chance = random.Random(STORY)  # noqa: S311 - a story, not a secret
        history.play(people, count=count, now=timezone.now(), chance=chance, told=self._told(count))
        make_calls(people, now=timezone.now())
        make_defects(people, now=timezone.now())
        chats.play(people, now=timezone.now())
        sweep(now=timezone.now())
        on_call.call_for_one(now=timezone.now())
        fill_the_shelf(people)
        history.count_as_told()

    def _told(self, total: int) -> Any:
        def tell(done: int) -> None:
            if done % 50 == 0 or done == total:
                self.stdout.write(f"Demo cases: {done:,} of {total:,}", ending="\r")
                self.stdout.flush()
            if done == total:
                self.stdout.write("")

        return tell
