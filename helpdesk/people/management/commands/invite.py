"""Invite somebody by e-mail; also how the first administrator of a new desk comes in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Organisation, Person, Role
from helpdesk.people.sign_in.inviting import InvitationRefused, invite


class Command(BaseCommand):
    help = "Mail somebody a link to set up their password. Unknown addresses need --role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="EMAIL")
        parser.add_argument("--role", choices=Role.values, help="Add the person with this role.")
        parser.add_argument("--name", default="", help="Full name of the person to add.")
        parser.add_argument("--organisation", default="", help="Name of a client's organisation.")
        parser.add_argument(
            "--print-link", action="store_true", help="Print the link too: it lets in who has it."
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        address = options["address"].strip().lower()
        person = Person.objects.with_email(address).first() or self._add(address, options)
        try:
            link = invite(person, by=SYSTEM)
        except InvitationRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"An invitation to {person.email} is on its way.")
        if options["print_link"]:
            self.stdout.write(link)

    def _add(self, address: str, options: dict[str, Any]) -> Person:
        if not options["role"]:
            raise CommandError(f"Nobody has the address {address}. Add them with --role.")
        person = Person(
            username=address,
            email=address,
            full_name=options["name"],
            role=options["role"],
            organisation=_organisation_named(options["organisation"]),
        )
        person.set_unusable_password()
        try:
            person.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        person.save()
        return person


def _organisation_named(name: str) -> Organisation | None:
    if not name:
        return None
    organisation = Organisation.objects.filter(name__iexact=name).first()
    if organisation is None:
        raise CommandError(f"There is no organisation called {name}.")
    return organisation
