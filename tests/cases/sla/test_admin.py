"""Administrators edit policies; timers, events and notices are there to look at."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cases.sla import reassessing
from cases.sla.models import SlaPolicy, SlaTimer
from helpdesk.calendars.models import Calendar
from helpdesk.people.models import Person
from tests.builders import a_policy
from tests.cases.sla.desk import opened, timer
from tests.cases.sla.logs import on
from tests.helpdesk.calendars.desk import LONG_AGO, publish

POLICIES = reverse("admin:sla_slapolicy_changelist")


def form(policy: SlaPolicy, **changed: object) -> dict[str, object]:
    """What the browser sends for a policy with one target."""
    target = policy.targets.get()
    return {
        "name": policy.name,
        "priority": policy.priority,
        "position": policy.position,
        "is_active": "on",
        "pauses_while_waiting": "on",
        "targets-TOTAL_FORMS": 1,
        "targets-INITIAL_FORMS": 1,
        "targets-0-id": target.pk,
        "targets-0-policy": policy.pk,
        "targets-0-metric": target.metric,
        "targets-0-amount": target.amount,
        "targets-0-unit": target.unit,
        **changed,
    }


def change_page(policy: SlaPolicy) -> str:
    return reverse("admin:sla_slapolicy_change", args=[policy.pk])


@pytest.fixture
def browser(client_as: Callable[[Person], Client], root: Person) -> Client:
    return client_as(root)


def test_the_list_shows_what_each_policy_promises(
    browser: Client, first_response: SlaPolicy
) -> None:
    assert "First response 8 hours" in browser.get(POLICIES).content.decode()


def test_an_edited_target_is_followed_by_open_promises(
    browser: Client, first_response: SlaPolicy, carla: Person
) -> None:
    case = opened(carla, "Tue 12:00")
    sent = form(first_response, **{"targets-0-amount": 80})
    assert browser.post(change_page(first_response), sent).status_code == 302
    assert reassessing.reassess_edited() == 1
    edit = timer(case).events.get(kind="retarget")
    assert edit.actor_label == "Root Banyan"


def test_a_calendar_that_never_opens_is_refused(browser: Client, office: Calendar) -> None:
    policy = a_policy("medium", first_response="8 hours")
    closed = Calendar.objects.create(
        slug="closed", name="Closed", observes_holidays=False, time_zone="Australia/Melbourne"
    )
    publish(closed, LONG_AGO, mon_fri="closed")
    page = browser.post(change_page(policy), form(policy, calendar=closed.pk))
    assert "Closed never opens. Give it opening hours first." in page.content.decode()
    policy.refresh_from_db()
    assert policy.calendar is None


def test_a_policy_is_switched_off_not_deleted(browser: Client, first_response: SlaPolicy) -> None:
    page = reverse("admin:sla_slapolicy_delete", args=[first_response.pk])
    assert browser.post(page, {"post": "yes"}).status_code == 403
    assert SlaPolicy.objects.filter(pk=first_response.pk).exists()


def test_a_timer_shows_its_log_and_cannot_be_edited(
    browser: Client, first_response: SlaPolicy, carla: Person
) -> None:
    case = opened(carla, "Tue 12:00")
    page = reverse("admin:sla_slatimer_change", args=[timer(case).pk])
    assert "start" in browser.get(page).content.decode()
    assert browser.post(page, {"state": "stopped"}).status_code == 403
    assert SlaTimer.objects.get().due_at == on("Wed 12:00")


def test_agents_have_no_business_here(
    client_as: Callable[[Person], Client], ada: Person, first_response: SlaPolicy
) -> None:
    assert client_as(ada).get(POLICIES).status_code in {302, 403, 404}
