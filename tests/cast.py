"""The cast: the same people in every test, and in the demo data.

Ada and Ben (agents), Lea (lead), Root (administrator); Carla (client) and Cem (client manager) of
Acme; Gil of Globex, who has no business in Acme's cases; Ivy, who integrates Acme's software.
Nobody is not signed in: `client`. Every password is `PASSWORD`.
"""

import pytest

from helpdesk.calendars.models import Region
from helpdesk.people import addresses
from helpdesk.people.models import EmailDomain, Organisation, Person, Role, Team

PASSWORD = "eleven-small-parrots"


@pytest.fixture
def victoria(db: None) -> Region:
    return Region.objects.get_or_create(
        code="au-vic",
        defaults={
            "name": "Victoria",
            "country": "AU",
            "subdivision": "VIC",
            "time_zone": "Australia/Melbourne",
        },
    )[0]


@pytest.fixture
def acme(victoria: Region) -> Organisation:
    return _organisation("Acme", domain="acme.example", region=victoria)


@pytest.fixture
def globex(victoria: Region) -> Organisation:
    return _organisation("Globex", domain="globex.example", region=victoria)


@pytest.fixture
def ada(db: None) -> Person:
    return _person("Ada Lovelace", "ada@desk.example", role=Role.AGENT)


@pytest.fixture
def ben(db: None) -> Person:
    return _person("Ben Okri", "ben@desk.example", role=Role.AGENT)


@pytest.fixture
def lea(db: None) -> Person:
    return _person("Lea Novak", "lea@desk.example", role=Role.LEAD)


@pytest.fixture
def root(db: None) -> Person:
    return _person("Root Banyan", "root@desk.example", role=Role.ADMINISTRATOR)


@pytest.fixture
def carla(acme: Organisation) -> Person:
    return _person("Carla Rossi", "carla@acme.example", role=Role.CLIENT, organisation=acme)


@pytest.fixture
def cem(acme: Organisation) -> Person:
    return _person("Cem Yildiz", "cem@acme.example", role=Role.CLIENT_MANAGER, organisation=acme)


@pytest.fixture
def gil(globex: Organisation) -> Person:
    return _person("Gil Tran", "gil@globex.example", role=Role.CLIENT, organisation=globex)


@pytest.fixture
def ivy(acme: Organisation) -> Person:
    return _person("Ivy Chen", "ivy@acme.example", role=Role.CLIENT, organisation=acme)


@pytest.fixture
def first_line(ada: Person, ben: Person) -> Team:
    team = Team.objects.create(name="First line")
    team.members.add(ada, ben)
    return team


def _organisation(name: str, *, domain: str, region: Region) -> Organisation:
    organisation = Organisation.objects.create(name=name, region=region)
    EmailDomain.objects.create(organisation=organisation, domain=domain)
    return organisation


def _person(
    name: str, address: str, *, role: Role, organisation: Organisation | None = None
) -> Person:
    """Somebody who has set up a password and proven their address. User name: the first name."""
    person = Person.objects.create_user(
        name.split()[0].lower(),
        address,
        PASSWORD,
        full_name=name,
        role=role,
        organisation=organisation,
    )
    addresses.mark_verified(person)
    return person
