"""Search finds in groups and on the status page what its reader may read."""

from typing import Any

import pytest

from helpdesk.finding.finding import Search
from helpdesk.people.models import Person
from knowledgebase.community import finder
from knowledgebase.notices import finder as notice_finder
from tests.knowledgebase.community.club import a_group, a_topic, member
from tests.knowledgebase.notices.board import incident

pytestmark = pytest.mark.django_db


def found(reader: Any, words: str = "totals month") -> list[str]:
    return [one.title for one in finder.find(Search(words, reader, 10))]


def test_a_post_is_found_by_its_words(carla: Person, gil: Person) -> None:
    a_topic(a_group(), carla, text="Totals by months are wrong.")
    assert found(gil) == ["Totals by month"]
    assert found(gil, "invoice") == []


def test_a_post_of_a_private_group_is_found_by_members_only(carla: Person, gil: Person) -> None:
    group = a_group(access="private")
    member(group, carla)
    a_topic(group, carla, text="Totals by month are wrong.")
    assert (found(carla), found(gil)) == (["Totals by month"], [])


def test_a_notice_is_found_by_what_was_said(carla: Person) -> None:
    incident()
    titles = [one.title for one in notice_finder.find(Search("reports lasts", carla, 10))]
    assert titles == ["Reports are slow"]
