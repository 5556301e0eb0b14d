"""The two-minute form for a call on the emergency line, and the calls shown on the case."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cases.models import Case
from cases.oncall import beginning
from cases.oncall.models import EmergencyCall, Page
from helpdesk.people.models import Person
from tests.cases.oncall.desk import a_page, a_rota, opened, rung

Browser = Callable[[Person], Client]
FORM = {
    "callback_number": "+61 3 5550 0100",
    "caller_name": "Carla Rossi",
    "address": "carla@acme.example",
    "subject": "Nobody can sign in",
    "characteristics": ["nobody_gets_in"],
    "what_happened": "Since the update of this evening.",
}


@pytest.fixture
def adas(client_as: Browser, ada: Person) -> Client:
    return client_as(ada)


def test_a_call_becomes_a_critical_case_of_its_contact_that_pages(
    adas: Client, ada: Person, carla: Person
) -> None:
    answer = adas.post("/console/emergency/", FORM)
    case = Case.objects.get()
    assert answer["Location"] == f"/console/cases/{case.shown_number}/"
    assert (case.client, case.priority, case.channel) == (carla, "critical", "phone")
    assert case.characteristics == ["nobody_gets_in"]
    call = EmergencyCall.objects.get()
    assert (call.case, call.taken_by, call.is_verified) == (case, ada, True)
    beginning.page_if_critical(opened(case))
    assert Page.objects.get().case == case


def test_the_promise_to_somebody_who_called_runs_like_any_other(
    adas: Client, carla: Person
) -> None:
    adas.post("/console/emergency/", FORM)
    assert Case.objects.get().first_answered_at is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"callback_number": ""}, "Ask for the number on which we can call back."),
        ({"subject": ""}, "Say in a few words what happened."),
        ({"characteristics": []}, "A critical case has at least one of these."),
        ({"address": "carla"}, "Write the whole address, or leave it out for now."),
        ({"address": "ben@desk.example"}, "This is the address of one of ours."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    changes: dict[str, Any], words: str, adas: Client, ben: Person
) -> None:
    answer = adas.post("/console/emergency/", {**FORM, **changes})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Since the update of this evening." in answer.text
    assert (Case.objects.count(), EmergencyCall.objects.count()) == (0, 0)


def test_an_unknown_caller_is_marked_on_the_case(adas: Client, carla: Person) -> None:
    form = {**FORM, "address": "", "caller_name": "Uwe Groß"}
    adas.post("/console/emergency/", form)
    case = Case.objects.get()
    beginning.page_if_critical(opened(case))
    shown = adas.get(f"/console/cases/{case.shown_number}/").text
    assert "Caller not verified" in shown
    assert "Call back: +61 3 5550 0100" in shown


def test_every_attempt_is_on_the_case_with_its_fate(
    adas: Client, ada: Person, ben: Person, carla: Person
) -> None:
    a_rota(primary=ada, secondary=ben)
    page = a_page(carla)
    rung(0)
    rung(5)
    shown = adas.get(f"/console/cases/{page.case.shown_number}/").text
    assert "E-mail: ada@desk.example" in shown
    assert "E-mail: ben@desk.example" in shown
    assert "I take care of it" in shown


def test_the_button_on_the_case_acknowledges(adas: Client, ada: Person, carla: Person) -> None:
    page = a_page(carla)
    adas.post(f"/console/cases/{page.case.shown_number}/on-call/")
    page.refresh_from_db()
    assert (page.state, page.acknowledged_by) == ("acknowledged", ada)


def test_where_nobody_is_called_the_button_says_so(adas: Client, carla: Person) -> None:
    page = a_page(carla)
    Page.objects.update(state="stopped", next_at=None)
    answer = adas.post(f"/console/cases/{page.case.shown_number}/on-call/", follow=True)
    assert "Nobody is called for this case any more." in answer.text
