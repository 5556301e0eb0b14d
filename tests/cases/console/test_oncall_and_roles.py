"""The access table of the rota and the emergency line: every address × everybody."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.oncall.models import EmergencyCall, Override, Rota, Shift
from helpdesk.people.models import Person
from tests.cases.oncall.desk import a_rota, after

Browser = Callable[[Person], Client]

AGENTS = ("ada", "ben")
LEADS = ("lea", "root")
CLIENTS = ("carla", "cem", "gil", "ivy")
FOR_OURS = ("on-call", "emergency")
FOR_LEADS_READ = ("on-call-settings",)
FOR_LEADS_WRITE = ("on-call-settings", "on-call-shifts", "on-call-overrides")
REMOVALS = ("on-call-shift-removal", "on-call-override-removal")


@pytest.fixture
def rota(ada: Person, lea: Person) -> Rota:
    rota = a_rota(primary=ada)
    rota.layers.get().overrides.create(person=lea, starts_at=after(0), ends_at=after(60))
    return rota


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Rota, Shift, Override, EmergencyCall, Case))


@pytest.mark.parametrize("name", FOR_OURS)
@pytest.mark.parametrize("who", AGENTS + LEADS)
def test_ours_see_who_is_on_call_and_the_emergency_form(
    who: str, name: str, rota: Rota, client_as: Browser, request: pytest.FixtureRequest
) -> None:
    browser = client_as(request.getfixturevalue(who))
    assert browser.get(reverse(f"console:{name}")).status_code == 200


@pytest.mark.parametrize("name", FOR_LEADS_READ)
@pytest.mark.parametrize(("who", "status"), [("lea", 200), ("root", 200), ("ada", 404)])
def test_only_leads_edit_the_rota(
    who: str,
    status: int,
    name: str,
    rota: Rota,
    client_as: Browser,
    request: pytest.FixtureRequest,
) -> None:
    browser = client_as(request.getfixturevalue(who))
    assert browser.get(reverse(f"console:{name}")).status_code == status


@pytest.mark.parametrize("name", FOR_LEADS_WRITE)
@pytest.mark.parametrize("who", AGENTS + CLIENTS)
def test_nobody_else_changes_it(
    who: str, name: str, rota: Rota, client_as: Browser, request: pytest.FixtureRequest
) -> None:
    before = rows()
    answer = client_as(request.getfixturevalue(who)).post(reverse(f"console:{name}"), {})
    assert (answer.status_code, rows()) == (404, before)


@pytest.mark.parametrize("name", REMOVALS)
@pytest.mark.parametrize("who", AGENTS + CLIENTS)
def test_nobody_else_takes_anything_out(
    who: str, name: str, rota: Rota, client_as: Browser, request: pytest.FixtureRequest
) -> None:
    before, pk = rows(), _pk_for(name)
    answer = client_as(request.getfixturevalue(who)).post(reverse(f"console:{name}", args=[pk]))
    assert (answer.status_code, rows()) == (404, before)


@pytest.mark.parametrize("name", [*FOR_OURS, *FOR_LEADS_READ])
@pytest.mark.parametrize("who", CLIENTS)
def test_no_client_finds_them(
    who: str, name: str, rota: Rota, client_as: Browser, request: pytest.FixtureRequest
) -> None:
    before = rows()
    browser = client_as(request.getfixturevalue(who))
    assert browser.get(reverse(f"console:{name}")).status_code == 404
    assert rows() == before


@pytest.mark.parametrize("name", ["emergency", *FOR_LEADS_WRITE])
def test_nobody_is_sent_to_sign_in(name: str, rota: Rota, client: Client) -> None:
    before = rows()
    answer = client.post(reverse(f"console:{name}"))
    assert (answer.status_code, rows()) == (302, before)


def _pk_for(name: str) -> int:
    found = Shift.objects.get() if "shift" in name else Override.objects.get()
    return found.pk
