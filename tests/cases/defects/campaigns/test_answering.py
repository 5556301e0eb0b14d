"""Fixed for you? Yes, no, and both."""

from datetime import timedelta

import pytest

from cases.actions.assigning import assign
from cases.actions.joining import join
from cases.actions.moving import move
from cases.actions.refusing import Refused
from cases.defects import telling
from cases.defects.campaigns import answering
from cases.defects.campaigns.models import AskedCase
from cases.defects.lifecycle import Move
from cases.lifecycle import Move as CaseMove
from cases.models import Case
from cases.sla.metrics import Metric
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message, a_policy
from tests.cases.defects.desk import a_defect, asked, mailed, moved, news_of, released, sent
from tests.helpdesk.calendars.desk import a_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(ada: Person, carla: Person) -> Case:
    """Answered once, then told that the fix is out."""
    a_calendar("office")
    a_policy("medium", first_response="8 hours", next_response="4 hours")
    case = a_case(carla)
    a_message(case, by=ada)
    sent(released(a_defect(ada, case), by=ada))
    return Case.objects.get(pk=case.pk)


def say(case: Case, *, is_fixed: bool, by: Person, words: str = "") -> AskedCase:
    return answering.answer(asked(case), is_fixed=is_fixed, by=Actor.of(by), words=words)


def test_yes_closes_the_case(case: Case, carla: Person) -> None:
    said = say(case, is_fixed=True, by=carla)
    case.refresh_from_db()
    assert (case.state, said.answer, said.outcome) == ("closed", "yes", "closed")
    assert "case.fix_confirmed" in news_of("case", case.pk)


def test_no_opens_it_again_and_starts_the_next_response(case: Case, carla: Person) -> None:
    said = say(case, is_fixed=False, by=carla, words="Still no rows.")
    case.refresh_from_db()
    assert (case.state, said.outcome) == ("open", "reopened")
    assert case.messages.latest("pk").text == "It is not fixed for me.\n\nStill no rows."
    assert case.timers.filter(metric=Metric.NEXT_RESPONSE, state="running").exists()
    assert news_of("case", case.pk)[-1] == "case.fix_denied"


def test_no_after_silence_closed_it_opens_it_again(case: Case, carla: Person) -> None:
    AskedCase.objects.update(outcome="silent", next_action_at=None)
    a_closed = Case.objects.get(pk=case.pk)
    from_ = Actor.of(carla)
    answering.answer(asked(a_closed), is_fixed=False, by=from_)
    case.refresh_from_db()
    assert case.state == "open"


def test_no_when_the_window_is_over_goes_on_in_a_new_case(
    case: Case, carla: Person, ada: Person
) -> None:
    say(case, is_fixed=True, by=carla)
    Case.objects.update(closed_at=case.created_at - timedelta(days=30))
    AskedCase.objects.update(answer="", outcome="silent")
    said = say(case, is_fixed=False, by=carla)
    assert said.outcome == "followed_up"
    assert Case.objects.latest("pk").follows_id == case.pk


def test_no_counts_after_a_yes_and_yes_changes_nothing_after_a_no(
    case: Case, carla: Person, ivy: Person
) -> None:
    join(case, ivy, by=Actor.of(carla))
    say(case, is_fixed=True, by=carla)
    assert say(case, is_fixed=False, by=ivy).answer == "no"
    assert say(case, is_fixed=True, by=carla).answer == "no"
    case.refresh_from_db()
    assert case.state == "open"


def test_the_same_answer_twice_is_one(case: Case, carla: Person) -> None:
    say(case, is_fixed=False, by=carla)
    say(case, is_fixed=False, by=carla)
    assert case.messages.filter(text__startswith="It is not fixed").count() == 1


@pytest.mark.parametrize("who", ["gil", "ada"])
def test_whoever_is_no_client_of_the_case_says_nothing(
    case: Case, who: str, request: pytest.FixtureRequest
) -> None:
    before = news_of("case", case.pk)
    with pytest.raises(Refused):
        say(case, is_fixed=True, by=request.getfixturevalue(who))
    assert (asked(case).answer, news_of("case", case.pk)) == ("", before)


def test_yes_leaves_a_case_open_that_another_defect_keeps(
    case: Case, carla: Person, ada: Person
) -> None:
    a_defect(ada, case, title="Another cause")
    assert say(case, is_fixed=True, by=carla).outcome == "kept"
    case.refresh_from_db()
    assert case.state == "waiting"


def test_no_on_a_held_case_brings_it_back(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    sent(released(a_defect(ada, case), by=ada))

    move(case, CaseMove.HOLD, by=Actor.of(ada), reason="The developers look.")
    say(case, is_fixed=False, by=carla)
    case.refresh_from_db()
    assert case.state == "open"


def test_a_withdrawn_question_takes_no_answer(case: Case, carla: Person, ada: Person) -> None:
    moved(asked(case).campaign.defect, Move.TAKE_BACK, by=ada, reason="It came back.")
    with pytest.raises(Refused, match="no longer ask"):
        say(case, is_fixed=True, by=carla)


def test_leads_hear_of_a_no_on_a_case_that_is_nobodys(
    case: Case, carla: Person, lea: Person
) -> None:
    say(case, is_fixed=False, by=carla)
    telling.leads_of_denial(Entry.objects.get(kind="case.fix_denied"))
    assert mailed("case_notice") == [lea.email]


def test_leads_are_left_alone_where_there_is_an_assignee(
    case: Case, carla: Person, ada: Person, lea: Person
) -> None:
    assign(case, ada, by=Actor.of(ada))
    say(case, is_fixed=False, by=carla)
    telling.leads_of_denial(Entry.objects.get(kind="case.fix_denied"))
    assert mailed("case_notice") == []
