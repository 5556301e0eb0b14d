"""Severity 1 on the status page."""

from dataclasses import replace

import pytest

from cases.defects import publishing
from cases.defects.actions import merging, recording
from cases.defects.actions.recording import report_of
from cases.defects.lifecycle import Move
from cases.defects.models import Defect
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.notices.models import Notice
from tests.cases.defects.desk import a_defect, moved

pytestmark = pytest.mark.django_db


def publish(defect: Defect) -> None:
    publishing.follow(
        Entry.objects.filter(subject_kind="defect", subject_id=defect.pk).latest("pk")
    )


def states() -> list[tuple[str, bool]]:
    return [(notice.title, notice.is_open) for notice in Notice.objects.order_by("pk")]


def test_an_open_defect_of_severity_one_is_posted_without_our_notes(ada: Person) -> None:
    defect = a_defect(ada, severity=1, public_text="No rows.", internal_notes="Row 7")
    publish(defect)
    said = Notice.objects.get().updates.get().text
    assert states() == [(defect.title, True)]
    assert said == f"{defect.shown_number}: We look into it.\n\nNo rows."


def test_others_are_not(ada: Person) -> None:
    publish(a_defect(ada, severity=2))
    assert states() == []


def test_the_same_news_twice_is_said_once(ada: Person) -> None:
    defect = a_defect(ada, severity=1)
    publish(defect)
    moved(defect, Move.CONFIRM, by=ada)
    publish(defect)
    publish(defect)
    assert Notice.objects.get().updates.count() == 2


@pytest.mark.parametrize("move", [Move.RELEASE, Move.DECLINE])
def test_it_ends_with_the_defect(move: Move, ada: Person) -> None:
    defect = moved(a_defect(ada, severity=1), Move.CONFIRM, by=ada)
    publish(defect)
    moved(defect, move, by=ada, reason="As designed.")
    publish(defect)
    assert states() == [(defect.title, False)]


def test_it_ends_when_the_severity_is_lowered_and_opens_when_it_comes_back(ada: Person) -> None:
    defect = a_defect(ada, severity=1)
    publish(defect)
    lowered = replace(report_of(defect), severity=2)
    recording.rewrite(defect, lowered, by=Actor.of(ada))
    publish(defect)
    assert states() == [(defect.title, False)]
    recording.rewrite(defect, report_of(defect), by=Actor.of(ada))
    publish(defect)
    assert states() == [(defect.title, True)]


def test_a_merged_one_leaves_the_page(ada: Person) -> None:
    ended, kept = a_defect(ada, severity=1), a_defect(ada, title="The same")
    publish(ended)
    merging.merge(ended, into=kept, by=Actor.of(ada))
    publish(ended)
    assert states() == [(ended.title, False)]
