"""What to ask a seeded desk for, as JSON: `python -m bench.targets` on the desk's environment.

Signs an agent and a client in, and opens the cases whose pages are measured, once.
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402

from cases.actions import indexing, opening, replying  # noqa: E402
from cases.models import Case, Channel  # noqa: E402
from cases.thread.adding import Writing  # noqa: E402
from helpdesk.demo.copying import vocabulary  # noqa: E402
from helpdesk.people.actors import Actor  # noqa: E402
from helpdesk.people.models import Person  # noqa: E402

DETAILS = (
    "Since Tuesday the figures of the monthly report differ from those of the export. We closed "
    "the month on Friday as always, and nobody has changed the settings of the report since.\n\n"
    "Steps: open Reports, choose Revenue, choose October. The sum at the end is too low by what "
    "was booked on the last day. The export to CSV has the right sum."
)
REPLIES = 400
# How many cases have them: every tenth and more, a few of a million, none, and two common ones.
# The crowd's vocabulary (helpdesk.demo.copying) is used by the cube of chance: its end is rare.
WORDS = {
    "common": "report",
    "rare": vocabulary()[-1],
    "absent": "xylophone",
    "two words": "report export",
}


def main() -> None:
    """Print cookies, numbers and words."""
    agent = Person.objects.get(username="agent-0")
    client, manager = _typical_client(), Person.objects.get(username="contact-20")
    csrf = get_random_string(32)
    targets = {
        "agent": _headers(agent, csrf),
        "client": _headers(client, csrf),
        "manager": _headers(manager, csrf),
        "long": {count: _long_case(client, agent, count) for count in (20, 200)},
        "open": _numbers_and_versions(Case.objects.active().order_by("-updated_at")[:REPLIES]),
        "words": WORDS,
        "cases": Case.objects.count(),
    }
    json.dump(targets, sys.stdout)


def _typical_client() -> Person:
    """Neither the contact with most cases nor the one with fewest, and nobody's colleague sees."""
    plain = Person.objects.filter(role="client", username__startswith="contact-")
    people = plain.filter(organisation__shares_cases=False).order_by("pk")
    found: Person = people[people.count() // 2]
    return found


def _headers(person: Person, csrf: str) -> dict[str, str]:
    browser = Client()
    browser.force_login(person)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={csrf}"
    return {"Cookie": cookies, "X-CSRFToken": csrf}


def _long_case(client: Person, agent: Person, count: int) -> list[int]:
    """Number and id of a case with `count` messages; the same one each time."""
    subject = f"A case with {count} messages"
    case = Case.objects.filter(client=client, subject=subject).first()
    if case is None:
        writing = Writing(text=DETAILS, channel=Channel.PORTAL)
        case = opening.open_case(
            opening.Question(subject=subject), writing, client=client, by=Actor.of(client)
        )
        for number in range(1, count):
            by = Actor.of(agent if number % 2 else client)
            replying.reply(case, Writing(text=DETAILS, channel=Channel.PORTAL), by=by)
        indexing.reindex(case)
    return [case.number, case.pk]


def _numbers_and_versions(cases: QuerySet[Case]) -> list[list[int]]:
    return [[case.number, case.version] for case in cases]


if __name__ == "__main__":
    main()
