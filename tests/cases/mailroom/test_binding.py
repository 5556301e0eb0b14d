"""Mails of a sender that always belong to one case."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.actions.moving import move
from cases.actions.refusing import Refused
from cases.lifecycle import Move
from cases.mailroom.binding import bind, free
from cases.mailroom.models import SenderRule
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.mailroom.mails import arrives

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(carla: Person) -> Case:
    return a_case(carla)


def test_a_bound_senders_mail_joins_and_says_why(case: Case, ada: Person, gil: Person) -> None:
    bind(case, gil, by=Actor.of(ada))
    mail = arrives(sender=gil.email)
    assert (mail.state, mail.subject_id) == ("replied", case.pk)
    assert mail.reason == ("It joined the case: we said that mails of this sender belong there.")


def test_a_mail_that_points_elsewhere_goes_there(case: Case, ada: Person, carla: Person) -> None:
    other = a_case(carla)
    bind(case, carla, by=Actor.of(ada))
    assert arrives(subject=f"Re: {other.shown_number}").subject_id == other.pk


def test_a_later_rule_takes_the_place_of_an_earlier_one(
    case: Case, ada: Person, carla: Person
) -> None:
    other = a_case(carla)
    bind(case, carla, by=Actor.of(ada))
    bind(other, carla, by=Actor.of(ada))
    assert SenderRule.objects.get().case == other


def test_a_rule_ends_when_somebody_says_so(case: Case, ada: Person, gil: Person) -> None:
    bind(case, gil, by=Actor.of(ada))
    free(case, gil, by=Actor.of(ada))
    assert arrives(sender=gil.email).state == "cased"
    kinds = Entry.objects.filter(kind__startswith="case.sender").values_list("kind", flat=True)
    assert list(kinds) == ["case.sender_bound", "case.sender_freed"]


def test_a_rule_to_a_case_that_ended_long_ago_does_nothing(ada: Person, carla: Person) -> None:
    case = a_case(carla, at=timezone.now() - timedelta(days=20))
    bind(case, carla, by=Actor.of(ada))
    move(case, Move.CLOSE, by=Actor.of(ada), at=timezone.now() - timedelta(days=9))
    assert arrives().state == "cased"
    assert Case.objects.exclude(pk=case.pk).get().follows is None


@pytest.mark.parametrize("who", ["carla", "cem", "gil"])
def test_no_client_binds_anybody(who: str, case: Case, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(Refused, match="Only our own people"):
        bind(case, person, by=Actor.of(person))
    assert not SenderRule.objects.exists()


def test_our_own_people_are_not_bound(case: Case, ada: Person, ben: Person) -> None:
    with pytest.raises(Refused, match="for people outside"):
        bind(case, ben, by=Actor.of(ada))
