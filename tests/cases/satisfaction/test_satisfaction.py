"""The question after a resolution: asked once, answered once, counted once."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.moving import move
from cases.lifecycle import Move
from cases.models import Case
from cases.satisfaction import answering, reporting
from cases.satisfaction.asking import ask, open_survey
from cases.satisfaction.models import Survey, Tally
from cases.satisfaction.tokens import token_of
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.sla.logs import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(carla: Person) -> Case:
    return a_case(carla, at=on("Mon 09:00"))


@pytest.fixture
def survey(case: Case, ada: Person) -> Survey:
    return resolved(case, by=Actor.of(ada))


def resolved(case: Case, *, by: Actor, at: str = "Mon 10:00") -> Survey:
    """The case is resolved, and what follows from that has happened, twice."""
    move(case, Move.RESOLVE, by=by, at=on(at))
    for _ in range(2):
        ask(Entry.objects.filter(kind="case.moved").latest("pk"))
    return Survey.objects.latest("pk")


def address_of(survey: Survey) -> str:
    return reverse("satisfaction:answer", args=[token_of(survey)])


def figures() -> tuple[int, int, int]:
    return Tally.objects.values_list("asked", "good", "bad").get()


def test_a_resolution_asks_its_client_once(survey: Survey, carla: Person) -> None:
    mail = OutboundMail.objects.get(kind="survey")
    assert (mail.to_address, figures()) == (carla.email, (1, 0, 0))
    assert address_of(survey) in mail.text


def test_each_resolution_asks_anew(survey: Survey, case: Case, ada: Person, carla: Person) -> None:
    move(case, Move.REOPEN, by=Actor.of(carla), at=on("Tue 10:00"))
    resolved(case, by=Actor.of(ada), at="Wed 10:00")
    assert Survey.objects.filter(case=case).count() == 2


def test_a_case_that_ended_by_itself_is_not_asked_about(case: Case) -> None:
    move(case, Move.RESOLVE, by=SYSTEM, at=on("Mon 10:00"))
    ask(Entry.objects.filter(kind="case.moved").latest("pk"))
    assert not Survey.objects.exists()


def test_opening_the_link_records_nothing(survey: Survey, client: Client) -> None:
    page = client.get(address_of(survey) + "?answer=bad")
    survey.refresh_from_db()
    assert (page.status_code, survey.is_good) == (200, None)


def test_the_link_brings_its_answer_along(survey: Survey, client: Client) -> None:
    page = client.get(address_of(survey) + "?answer=bad")
    assert 'value="bad" required checked' in page.text


def test_sending_the_page_records_the_answer(survey: Survey, client: Client) -> None:
    client.post(address_of(survey), {"answer": "good", "comment": "Quick and kind."})
    survey.refresh_from_db()
    assert (survey.is_good, survey.comment) == (True, "Quick and kind.")
    assert figures() == (1, 1, 0)


def test_only_the_first_answer_counts(survey: Survey, client: Client) -> None:
    client.post(address_of(survey), {"answer": "good"})
    client.post(address_of(survey), {"answer": "bad"})
    survey.refresh_from_db()
    assert (survey.is_good, figures()) == (True, (1, 1, 0))


def test_words_may_be_added_once(survey: Survey, client: Client) -> None:
    client.post(address_of(survey), {"answer": "good"})
    client.post(address_of(survey), {"comment": "Quick and kind."})
    client.post(address_of(survey), {"comment": "Something else."})
    survey.refresh_from_db()
    assert survey.comment == "Quick and kind."


def test_words_without_an_answer_are_kept_on_the_page(survey: Survey, client: Client) -> None:
    page = client.post(address_of(survey), {"comment": "Quick and kind."})
    assert page.status_code == 422
    assert "Quick and kind." in page.text


def test_a_forged_link_is_not_found(survey: Survey, client: Client) -> None:
    address = reverse("satisfaction:answer", args=[token_of(survey) + "x"])
    assert client.get(address).status_code == 404


def test_the_answer_stands_on_the_case(survey: Survey) -> None:
    answering.record(survey, is_good=False, comment="Slow.", by="mail", at=on("Mon 11:00"))
    entry = Entry.objects.get(kind="case.rated")
    assert entry.sentence == "Carla Rossi on how it went: It did not go well. Slow."


def test_the_client_finds_the_question_on_the_case(
    survey: Survey, case: Case, carla: Person, client_as: Callable[[Person], Client]
) -> None:
    page = client_as(carla).get(reverse("portal:case", args=[case.number]))
    assert address_of(survey) in page.text


def test_a_colleague_does_not_answer_for_the_client(
    survey: Survey, case: Case, cem: Person
) -> None:
    case.refresh_from_db()
    assert open_survey(case, reader=cem) is None


@pytest.mark.parametrize("name", ["satisfaction:report", "satisfaction:report-csv"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("lea", 200), ("root", 200), ("ada", 404), ("carla", 404), ("cem", 404), ("gil", 404)],
)
def test_leads_read_the_report(
    name: str,
    who: str,
    status: int,
    client_as: Callable[[Person], Client],
    request: pytest.FixtureRequest,
) -> None:
    browser = client_as(request.getfixturevalue(who))
    assert browser.get(reverse(name)).status_code == status


def test_nobody_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get(reverse("satisfaction:report")).status_code == 302


def test_the_report_names_agent_and_client(survey: Survey, ada: Person) -> None:
    answering.record(survey, is_good=True, comment="", by="mail", at=on("Mon 11:00"))
    [agent], [client] = reporting.by_agent(None), reporting.by_organisation(None)
    assert (agent.name, agent.good, agent.share) == (ada.name, 1, 1.0)
    assert (client.name, client.asked) == ("Acme", 1)


def test_a_month_without_questions_has_no_lines(survey: Survey) -> None:
    assert reporting.by_agent(on("Mon 10:00").date().replace(year=2020, day=1)) == []


def test_the_spreadsheet_takes_no_name_for_a_formula(
    survey: Survey, client_as: Callable[[Person], Client], lea: Person
) -> None:
    assert survey.organisation is not None
    survey.organisation.name = "=1+1"
    survey.organisation.save(update_fields=["name"])
    assert "'=1+1" in client_as(lea).get(reverse("satisfaction:report-csv")).text
