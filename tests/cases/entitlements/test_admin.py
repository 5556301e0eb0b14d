"""Administrators give and end entitlements; the ledger is there to look at."""

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from cases.entitlements import ledger
from cases.entitlements.models import AddOn, Entitlement, Movement
from helpdesk.people.models import Organisation, Person
from tests.cases.entitlements.desk import a_package, consultation, gave

ADD = reverse("admin:entitlements_entitlement_add")
GRANTS = {"grants-TOTAL_FORMS": 0, "grants-INITIAL_FORMS": 0}


@pytest.fixture
def browser(client_as: Callable[[Person], Client], root: Person) -> Client:
    return client_as(root)


def form(organisation: Organisation, **values: object) -> dict[str, object]:
    return {"organisation": organisation.pk, "valid_from": "2026-01-01", **GRANTS, **values}


def page_of(entitlement: Entitlement) -> str:
    return reverse("admin:entitlements_entitlement_change", args=[entitlement.pk])


def test_an_add_on_is_an_hour_unless_said_otherwise(browser: Client, acme: Organisation) -> None:
    add_on = AddOn.objects.create(name="Support consultation")
    assert browser.post(ADD, form(acme, add_on=add_on.pk)).status_code == 302
    assert ledger.available(acme.pk) == 60
    assert Movement.objects.get().actor_label == "Root Banyan"


def test_a_contract_may_say_more_than_the_package(browser: Client, acme: Organisation) -> None:
    browser.post(ADD, form(acme, package=a_package().pk, minutes=300))
    assert ledger.available(acme.pk) == 300


@pytest.mark.parametrize("both", [True, False])
def test_it_is_either_a_package_or_an_add_on(
    browser: Client, acme: Organisation, both: bool
) -> None:
    add_on = AddOn.objects.create(name="Support consultation")
    chosen = {"package": a_package().pk, "add_on": add_on.pk} if both else {}
    page = browser.post(ADD, form(acme, **chosen))
    assert "Choose either a package or an add-on." in page.text
    assert not Entitlement.objects.exists()


def test_a_last_day_before_the_first_is_refused(browser: Client, acme: Organisation) -> None:
    page = browser.post(ADD, form(acme, package=a_package().pk, valid_until="2025-12-31"))
    assert "The last day lies before the first." in page.text


def test_the_same_package_twice_is_refused_beside_its_field(
    browser: Client, acme: Organisation
) -> None:
    package = a_package()
    gave(acme, package)
    page = browser.post(ADD, form(acme, package=package.pk))
    assert "Acme holds Premium from 1 May 2026 without an end." in page.text
    assert Entitlement.objects.count() == 1


def test_another_package_beside_it_is_given_with_a_warning(
    browser: Client, acme: Organisation
) -> None:
    gave(acme, a_package())
    page = browser.post(ADD, form(acme, package=a_package("Gold").pk), follow=True)
    assert "Acme also holds Premium." in page.text
    assert Entitlement.objects.count() == 2


def test_minutes_without_phone_support_are_refused(browser: Client, acme: Organisation) -> None:
    package = a_package("Essential", has_phone_support=False, minutes_per_period=0)
    page = browser.post(ADD, form(acme, package=package.pk, minutes=60))
    assert "Essential has no phone support" in page.text


def test_it_is_ended_and_the_end_stands_in_its_history(browser: Client, acme: Organisation) -> None:
    entitlement = consultation(acme)
    sent = {"valid_until": "2026-05-10", "note": "Order 7", "minutes": 999, **GRANTS}
    assert browser.post(page_of(entitlement), sent).status_code == 302
    entitlement.refresh_from_db()
    assert (entitlement.minutes, entitlement.note) == (60, "Order 7")
    assert ledger.available(acme.pk) == 0
    assert "Valid until" in str(LogEntry.objects.latest("pk"))


def test_it_cannot_be_deleted(browser: Client, acme: Organisation) -> None:
    entitlement = consultation(acme)
    address = reverse("admin:entitlements_entitlement_delete", args=[entitlement.pk])
    assert browser.post(address, {"post": "yes"}).status_code == 403


def test_nobody_writes_in_the_ledger(browser: Client, acme: Organisation) -> None:
    consultation(acme)
    movement = Movement.objects.get()
    page = reverse("admin:entitlements_movement_change", args=[movement.pk])
    assert "Support consultation" in browser.get(page).text
    assert browser.post(page, {"minutes": 999}).status_code == 403
    assert browser.get(reverse("admin:entitlements_movement_add")).status_code == 403


@pytest.mark.parametrize("page", ["entitlement", "movement", "supportpackage", "addon"])
def test_the_lists_are_shown(browser: Client, acme: Organisation, page: str) -> None:
    gave(acme, a_package())
    assert browser.get(reverse(f"admin:entitlements_{page}_changelist")).status_code == 200


@pytest.mark.parametrize("who", ["ada", "cem", "carla"])
def test_nobody_else_has_business_here(
    client_as: Callable[[Person], Client], request: pytest.FixtureRequest, who: str
) -> None:
    browser = client_as(request.getfixturevalue(who))
    assert browser.get(ADD).status_code in {302, 403, 404}
