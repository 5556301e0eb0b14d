"""News of promises: singly in quiet times, one digest after a storm."""

from datetime import datetime, timedelta

import pytest

from cases import kinds
from cases.actions.assigning import assign
from cases.escalations import collecting
from cases.escalations.models import PromiseNews
from cases.models import Case
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.journal.models import Entry
from helpdesk.mail.clock import database_now
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person
from tests.builders import a_case

pytestmark = pytest.mark.django_db


def news(case: Case, kind: Kind = kinds.BREACHED, percent: int = 100) -> Entry:
    """Collected twice, as when a worker died in between."""
    entry = journal.write(
        kind,
        subject_kind="case",
        subject_id=case.pk,
        organisation_id=None,
        by=SYSTEM,
        at=case.created_at,
        data={"metric": "first response", "percent": percent, "due": "today 10:00"},
    )
    collecting.collect(entry)
    collecting.collect(entry)
    return entry


def soon(seconds: int = 11) -> datetime:
    return database_now() + timedelta(seconds=seconds)


def mails() -> list[tuple[str, str]]:
    return sorted(OutboundMail.objects.values_list("kind", "to_address"))


@pytest.fixture
def case(carla: Person, ada: Person) -> Case:
    return assign(a_case(carla), ada, by=Actor.of(ada))


def test_a_miss_is_told_to_assignee_and_leads(case: Case, lea: Person) -> None:
    news(case)
    collecting.tell_collected(now=soon())
    expected = [("case_notice", "ada@desk.example"), ("case_notice", "lea@desk.example")]
    assert mails() == expected


def test_a_late_warning_is_told_to_the_assignee_alone(case: Case, lea: Person) -> None:
    news(case, kinds.WARNED, percent=90)
    collecting.tell_collected(now=soon())
    assert mails() == [("case_notice", "ada@desk.example")]


def test_an_early_warning_is_told_to_nobody(case: Case) -> None:
    news(case, kinds.WARNED, percent=75)
    assert not PromiseNews.objects.exists()


def test_a_case_of_nobody_warns_the_leads(carla: Person, lea: Person) -> None:
    news(a_case(carla), kinds.WARNED, percent=90)
    collecting.tell_collected(now=soon())
    assert mails() == [("case_notice", "lea@desk.example")]


def test_more_than_five_at_once_are_one_digest(case: Case) -> None:
    for _ in range(6):
        news(case)
    collecting.tell_collected(now=soon())
    assert mails() == [("promises_digest", "ada@desk.example")]
    assert OutboundMail.objects.get().subject == "6 promises need a look"


def test_while_news_keeps_coming_it_is_collected(case: Case) -> None:
    news(case)
    assert collecting.tell_collected(now=soon(5)) == 0


def test_nobody_waits_longer_than_two_minutes(case: Case) -> None:
    news(case)
    PromiseNews.objects.update(collected_at=soon(-121))
    news(case)
    assert collecting.tell_collected(now=soon(0)) == 1


def test_what_was_told_is_not_told_again(case: Case) -> None:
    news(case)
    for _ in range(2):
        collecting.tell_collected(now=soon())
    assert len(mails()) == 1
