"""Ladders in Django's admin."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cases.escalations.models import Chain
from helpdesk.people.models import Person

pytestmark = pytest.mark.django_db


def sent(browser: Client, *whos: str) -> str:
    values = {
        "acknowledged_minutes": "60",
        "is_active": "on",
        "levels-TOTAL_FORMS": str(len(whos)),
        "levels-INITIAL_FORMS": "0",
    }
    for number, who in enumerate(whos):
        values |= {
            f"levels-{number}-position": str(number + 1),
            f"levels-{number}-who": who,
            f"levels-{number}-wait_minutes": "30",
        }
    return browser.post(reverse("admin:escalations_chain_add"), values, follow=True).text


def test_a_ladder_is_kept(client_as: Callable[[Person], Client], root: Person) -> None:
    sent(client_as(root), "assignee", "leads")
    assert Chain.objects.get().levels.count() == 2


@pytest.mark.parametrize(
    ("whos", "words"),
    [
        ((), "Give the chain at least one level"),
        (("leads", "assignee"), "The last level must be the leads"),
    ],
)
def test_a_ladder_that_ends_nowhere_is_refused(
    whos: tuple[str, ...], words: str, client_as: Callable[[Person], Client], root: Person
) -> None:
    assert words in sent(client_as(root), *whos)
    assert not Chain.objects.exists()
