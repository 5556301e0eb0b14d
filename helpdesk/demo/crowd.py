"""Many people for a multiplied desk: twenty agents, two thousand contacts of 250 organisations."""

from itertools import product

from django.contrib.auth.hashers import make_password

from helpdesk.calendars.models import Region
from helpdesk.people.models import Organisation, Person, Role

AGENTS = 20
ORGANISATIONS = 250
CONTACTS_EACH = 8

GIVEN = (
    *("Amara", "Anders", "Bianca", "Callum", "Chiara", "Daku", "Delphine", "Emeka", "Farid"),
    *("Fiona", "Hemi", "Ines", "Jarrah", "Joost", "Kaia", "Keanu", "Leilani", "Lucija", "Mahina"),
    *("Mateo", "Niamh", "Nikau", "Olga", "Pania", "Quentin", "Rashid", "Ruth", "Sanjay", "Selma"),
    *("Tadeo", "Tomasz", "Uma", "Viktor", "Wiremu", "Ximena", "Yara", "Yusuf", "Zdenka", "Zhen"),
)
FAMILY = (
    *("Abara", "Bakker", "Castellano", "Dlamini", "Eriksen", "Faleolo", "Gallagher", "Haddad"),
    *("Ibarra", "Jankowski", "Kahu", "Lefebvre", "Mokoena", "Nakamura", "Oyelaran", "Petrovic"),
    *("Quispe", "Rangi", "Silva", "Tuala", "Ueda", "Vargas", "Whetu", "Xu", "Yamba", "Zielinski"),
)
MIDDLE = ("", " A.", " B.")
PLACES = ("Ballarat", "Bendigo", "Dubbo", "Geelong", "Hastings", "Napier", "Nelson", "Orange")
TRADES = ("Clinics", "Council", "Dental", "Energy", "Foods", "Freight", "Orchards", "Timber")
FORMS = ("", " Group", " Holdings", " Partners")
NAMES = tuple(
    f"{given}{middle} {family}" for middle, family, given in product(MIDDLE, FAMILY, GIVEN)
)


def make_crowd() -> None:
    """Make whoever of the crowd is not there yet. Nobody of them has a password."""
    password = make_password(None)
    people = [_agent(number, password=password) for number in range(AGENTS)]
    for number, organisation in enumerate(_organisations()):
        people += [
            _contact(AGENTS + number * CONTACTS_EACH + nth, organisation, password=password)
            for nth in range(CONTACTS_EACH)
        ]
    Person.objects.bulk_create(people, ignore_conflicts=True)


def _organisations() -> list[Organisation]:
    regions = list(Region.objects.order_by("code"))
    names = [f"{place} {trade}{form}" for form, trade, place in product(FORMS, TRADES, PLACES)][
        :ORGANISATIONS
    ]
    Organisation.objects.bulk_create(
        [
            Organisation(
                name=name, region=regions[number % len(regions)], shares_cases=number % 4 == 0
            )
            for number, name in enumerate(names)
        ],
        ignore_conflicts=True,
    )
    return list(Organisation.objects.filter(name__in=names).order_by("pk"))


def _agent(number: int, *, password: str) -> Person:
    return Person(
        username=f"agent-{number}",
        email=f"agent-{number}@desk.example",
        full_name=NAMES[number],
        role=Role.AGENT,
        password=password,
    )


def _contact(number: int, organisation: Organisation, *, password: str) -> Person:
    """The first of each organisation manages its cases."""
    is_first = (number - AGENTS) % CONTACTS_EACH == 0
    return Person(
        username=f"contact-{number}",
        email=f"contact-{number}@firm-{organisation.pk}.example",
        full_name=NAMES[number],
        role=Role.CLIENT_MANAGER if is_first else Role.CLIENT,
        organisation=organisation,
        password=password,
    )
