"""The people of the demo: those whom documentation and tests name, and a dozen organisations."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from helpdesk.calendars.models import Region
from helpdesk.demo.accounts import PASSWORD
from helpdesk.people import addresses
from helpdesk.people.models import EmailDomain, Organisation, Person, Role, Team


@dataclass(frozen=True, slots=True)
class Client:
    """One organisation and its contacts, as (user name, name, role)."""

    name: str
    region: str
    domain: str
    people: tuple[tuple[str, str, Role], ...]
    shares_cases: bool = False


OURS = (
    ("ada", "Ada Lovelace", Role.AGENT),
    ("ben", "Ben Okri", Role.AGENT),
    ("mei", "Mei Tanaka", Role.AGENT),
    ("lea", "Lea Novak", Role.LEAD),
    ("root", "Root Banyan", Role.ADMINISTRATOR),
)
TEAMS = {"First line": ("ada", "ben", "mei"), "Integrations": ("ben", "lea")}

_C, _M = Role.CLIENT, Role.CLIENT_MANAGER
CLIENTS = (
    Client(
        "Acme",
        "au-vic",
        "acme.example",
        (("carla", "Carla Rossi", _C), ("cem", "Cem Yildiz", _M), ("ivy", "Ivy Chen", _C)),
    ),
    Client("Globex", "au-nsw", "globex.example", (("gil", "Gil Tran", _C),)),
    Client(
        "Kauri Logistics",
        "nz",
        "kauri.example",
        (("aroha", "Aroha Ngata", _C), ("tane", "Tāne Walker", _M)),
        shares_cases=True,
    ),
    Client("Southern Cross Dental", "au-vic", "scdental.example", (("priya", "Priya Nair", _C),)),
    Client(
        "Bluegum Council",
        "au-vic",
        "bluegum.example",
        (("oscar", "Oscar Lindqvist", _C), ("hana", "Hana Kowalczyk", _M)),
    ),
    Client("Harbour Foods", "au-nsw", "harbourfoods.example", (("liam", "Liam O’Brien", _C),)),
    Client("Tui Energy", "nz", "tui.example", (("mere", "Mere Parata", _C),)),
    Client(
        "Redwood Clinics",
        "us",
        "redwood.example",
        (("grace", "Grace Whitfield-Montgomery", _C), ("diego", "Diego Alvarez", _M)),
        shares_cases=True,
    ),
    Client("Prairie Credit Union", "us", "prairie.example", (("noah", "Noah Fischer", _C),)),
    Client("Wattle University", "au-vic", "wattle.example", (("sofia", "Sofia Papadopoulos", _C),)),
    Client("Pacific Freight", "nz", "pacfreight.example", (("sione", "Sione Fonoti", _C),)),
    Client("Ironbark Engineering", "au-nsw", "ironbark.example", (("zoe", "Zoë Müller", _C),)),
)


def make_cast() -> dict[str, Person]:
    """Make everybody who is not there yet and return all by user name."""
    password = make_password(PASSWORD)
    people = {
        username: _person(username, name, role, "desk.example", None, password)
        for username, name, role in OURS
    }
    for client in CLIENTS:
        organisation = _organisation(client)
        for username, name, role in client.people:
            people[username] = _person(username, name, role, client.domain, organisation, password)
    for name, members in TEAMS.items():
        team, _ = Team.objects.get_or_create(name=name)
        team.members.set([people[username] for username in members])
    return people


def _organisation(client: Client) -> Organisation:
    organisation, _ = Organisation.objects.get_or_create(
        name=client.name,
        defaults={
            "region": Region.objects.get(code=client.region),
            "shares_cases": client.shares_cases,
        },
    )
    EmailDomain.objects.get_or_create(domain=client.domain, organisation=organisation)
    return organisation


def _person(
    username: str,
    name: str,
    role: Role,
    domain: str,
    organisation: Organisation | None,
    password: str,
) -> Person:
    person: Person
    person, is_new = Person.objects.get_or_create(
        username=username,
        defaults={
            "email": f"{username}@{domain}",
            "full_name": name,
            "role": role,
            "organisation": organisation,
            "password": password,
        },
    )
    if is_new:
        addresses.mark_verified(person)
    return person
