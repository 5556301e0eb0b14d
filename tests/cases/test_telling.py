"""Who is told what."""

import pytest

from cases import telling
from cases.actions.assigning import assign
from cases.actions.joining import join
from cases.actions.moving import move
from cases.actions.prioritising import change_priority
from cases.lifecycle import Move
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message

pytestmark = pytest.mark.django_db


def last(kind: str) -> Entry:
    return Entry.objects.filter(kind=kind).latest("pk")


def told() -> list[str]:
    return sorted(OutboundMail.objects.values_list("to_address", flat=True))


def test_every_lead_hears_of_a_critical_case(carla: Person, lea: Person, root: Person) -> None:
    a_case(carla, priority="critical")
    telling.leads_of_critical(last("case.opened"))
    assert told() == [lea.email, root.email]


def test_nobody_is_disturbed_for_another_case(carla: Person, lea: Person) -> None:
    a_case(carla, priority="high")
    telling.leads_of_critical(last("case.opened"))
    assert told() == []


def test_assignee_and_watchers_hear_of_a_clients_message_once_each(
    ada: Person, ben: Person, carla: Person
) -> None:
    case = assign(a_case(carla), ada, by=Actor.of(ada))
    for agent in (ada, ben):
        join(case, agent, by=Actor.of(agent))
    a_message(case, by=carla)
    telling.ours_of_message(last("case.replied"))
    assert told() == [ada.email, ben.email]


def test_our_own_answer_is_no_news_to_us(ada: Person, ben: Person, carla: Person) -> None:
    case = assign(a_case(carla), ben, by=Actor.of(ada))
    a_message(case, by=ada)
    telling.ours_of_message(last("case.replied"))
    assert told() == []


@pytest.mark.parametrize(("by", "expected"), [("ben", ["ada@desk.example"]), ("ada", [])])
def test_a_new_assignee_hears_of_it_unless_they_took_it(
    by: str, expected: list[str], ada: Person, ben: Person, carla: Person
) -> None:
    assign(a_case(carla), ada, by=Actor.of({"ada": ada, "ben": ben}[by]))
    telling.new_assignee(last("case.assigned"))
    assert told() == expected


def test_the_client_is_told_of_a_resolution_without_words(ada: Person, carla: Person) -> None:
    move(a_case(carla), Move.RESOLVE, by=Actor.of(ada))
    telling.client_of_move(last("case.moved"))
    assert told() == [carla.email]
    assert "If it is not, reply to this mail." in OutboundMail.objects.get().text


def test_the_mail_of_the_answer_is_enough_when_both_came_together(
    ada: Person, carla: Person
) -> None:
    a_message(a_case(carla), by=ada, then=Move.RESOLVE)
    telling.client_of_move(last("case.moved"))
    assert told() == []


def test_the_client_reads_why_we_lowered_the_priority(ada: Person, carla: Person) -> None:
    case = a_case(carla, priority="high")
    change_priority(case, "low", by=Actor.of(ada), reason="There is a workaround.")
    telling.client_of_priority(last("case.prioritised"))
    assert told() == [carla.email]
    assert "There is a workaround." in OutboundMail.objects.get().text
