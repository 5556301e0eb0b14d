"""A talk goes on in the case that goes on."""

import pytest

from cases.actions.merging import merge
from cases.actions.refusing import Refused
from chat.filing import file_lines
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation, Person
from tests.builders import a_case
from tests.chat.talk import a_client, a_conversation, a_line

pytestmark = pytest.mark.django_db


def test_what_is_said_later_is_filed_on_the_kept_case(ada: Person, carla: Person) -> None:
    talk = a_conversation(a_client(carla))
    kept = merge(talk.case, into=a_case(carla), by=Actor.of(ada))
    talk.refresh_from_db()
    a_line(talk, "And the totals are wrong.")
    file_lines(talk.pk)
    assert kept.messages.filter(text="And the totals are wrong.").exists()


def test_a_talk_does_not_change_hands(
    ada: Person, carla: Person, ivy: Person, acme: Organisation
) -> None:
    Organisation.objects.filter(pk=acme.pk).update(shares_cases=True)
    talk = a_conversation(a_client(Person.objects.get(pk=carla.pk)))
    with pytest.raises(Refused, match="Merge the other way round"):
        merge(talk.case, into=a_case(ivy), by=Actor.of(ada))
