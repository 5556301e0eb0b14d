"""Recording and rewriting."""

from dataclasses import replace

import pytest

from cases.actions.refusing import Refused
from cases.defects.actions import recording
from cases.defects.actions.recording import Report, report_of
from cases.defects.actions.refusing import DefectChanged
from cases.defects.models import Defect
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.cases.defects.desk import a_defect, news_of

pytestmark = pytest.mark.django_db


def test_numbers_rise_with_each_defect(ada: Person) -> None:
    first, second = a_defect(ada), a_defect(ada)
    assert second.number == first.number + 1
    assert second.shown_number == f"D-{second.number:04d}"


def test_a_defect_without_a_title_is_refused(ada: Person) -> None:
    with pytest.raises(Refused, match="title"):
        recording.record(Report(title="  "), by=Actor.of(ada))
    assert not Defect.objects.exists()


def test_a_client_records_nothing(carla: Person) -> None:
    with pytest.raises(Refused):
        recording.record(Report(title="Mine"), by=Actor.of(carla))
    assert not Defect.objects.exists()


def test_clients_hear_of_what_they_may_read(ada: Person) -> None:
    defect = a_defect(ada)
    recording.rewrite(
        defect, replace(report_of(defect), workaround="Reload."), by=Actor.of(ada), seen_version=1
    )
    assert news_of("defect", defect.pk)[-2:] == ["defect.edited", "defect.explained"]


def test_notes_of_ours_are_no_news_for_clients(ada: Person) -> None:
    defect = a_defect(ada)
    recording.rewrite(defect, replace(report_of(defect), internal_notes="Row 7."), by=Actor.of(ada))
    assert news_of("defect", defect.pk)[-1] == "defect.edited"


def test_rewriting_an_old_version_is_refused(ada: Person) -> None:
    defect = a_defect(ada)
    recording.rewrite(defect, replace(report_of(defect), title="New"), by=Actor.of(ada))
    with pytest.raises(DefectChanged):
        recording.rewrite(defect, Report(title="Newer"), by=Actor.of(ada), seen_version=1)
    assert Defect.objects.get().title == "New"
