"""Cases that end by themselves: what is told when, and what stops it."""

from datetime import datetime

import pytest

from cases.actions.moving import move
from cases.closing import sweeping
from cases.closing.following import follow
from cases.closing.models import ClosingRule, Countdown
from cases.closing.words import forecast_of
from cases.lifecycle import Move
from cases.models import Case
from helpdesk.calendars.models import Calendar
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message
from tests.cases.sla.logs import on
from tests.helpdesk.calendars.desk import a_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db: None) -> Calendar:
    return a_calendar("office")


@pytest.fixture
def waiting(ada: Person, carla: Person) -> Case:
    """Ada asked something on Monday at ten and waits for Carla."""
    case = a_case(carla, at=on("Mon 09:00"))
    a_message(case, by=ada, at=on("Mon 10:00"), then=Move.WAIT_FOR_CLIENT)
    return news_followed(case)


@pytest.fixture
def resolved(ada: Person, carla: Person) -> Case:
    case = a_case(carla, at=on("Mon 09:00"))
    a_message(case, by=ada, at=on("Mon 10:00"), then=Move.RESOLVE)
    return news_followed(case)


def news_followed(case: Case) -> Case:
    """What the reactions to everything that happened on the case do."""
    followed = ("case.moved", "case.held", "case.replied")
    for entry in Entry.objects.filter(subject_id=case.pk, kind__in=followed).order_by("pk"):
        follow(entry)
    case.refresh_from_db()
    return case


def swept(*texts: str) -> None:
    for text in texts:
        sweeping.sweep(now=on(text))


def mails() -> list[str]:
    kinds = ("case_reminder", "case_last_reminder", "case_closing_soon", "case_ended")
    sent = OutboundMail.objects.filter(kind__in=kinds).order_by("pk")
    return list(sent.values_list("kind", flat=True))


def next_step(case: Case) -> tuple[str, datetime]:
    return Countdown.objects.values_list("step", "due_at").get(case=case)


def test_a_waiting_case_is_reminded_after_three_business_days(waiting: Case) -> None:
    assert next_step(waiting) == ("remind", on("Thu 10:00"))


def test_nothing_is_sent_before_the_day_has_come(waiting: Case) -> None:
    swept("Thu 09:59")
    assert mails() == []


def test_a_reminder_is_sent_once_however_often_is_looked(waiting: Case) -> None:
    swept("Thu 10:00", "Thu 10:00", "Thu 10:01")
    assert mails() == ["case_reminder"]


def test_days_are_business_days(waiting: Case) -> None:
    swept("Thu 10:00")
    assert next_step(waiting) == ("last_notice", on("Wed+1 10:00"))


def test_a_case_without_an_answer_is_resolved_after_reminder_and_last_notice(
    waiting: Case,
) -> None:
    swept("Thu 10:00", "Wed+1 10:00", "Mon+2 10:00")
    waiting.refresh_from_db()
    assert waiting.state == "resolved"
    assert mails() == ["case_reminder", "case_last_reminder", "case_ended"]


def test_the_last_notice_names_the_day(waiting: Case) -> None:
    swept("Thu 10:00", "Wed+1 10:00")
    assert "on Mon 25 May" in OutboundMail.objects.get(kind="case_last_reminder").text


def test_an_answer_stops_it(waiting: Case, carla: Person) -> None:
    a_message(waiting, by=carla, at=on("Thu 09:00"))
    swept("Thu 10:00")
    assert mails() == []
    assert not Countdown.objects.exists()


def test_our_next_message_counts_anew(waiting: Case, ada: Person) -> None:
    a_message(waiting, by=ada, at=on("Tue 12:00"))
    news_followed(waiting)
    assert next_step(waiting) == ("remind", on("Fri 12:00"))


def test_late_news_does_not_count_from_earlier(waiting: Case) -> None:
    follow(Entry.objects.filter(kind="case.moved").earliest("pk"))
    assert next_step(waiting) == ("remind", on("Thu 10:00"))


def test_a_resolved_case_gets_notice_and_closes(resolved: Case) -> None:
    swept("Thu 10:00", "Mon+1 10:00")
    resolved.refresh_from_db()
    assert (resolved.state, resolved.closed_at) == ("closed", on("Mon+1 10:00"))
    assert mails() == ["case_closing_soon", "case_ended"]


def test_the_reason_stands_on_the_case(resolved: Case) -> None:
    swept("Thu 10:00", "Mon+1 10:00")
    closing = Entry.objects.filter(kind="case.moved").latest("pk")
    assert closing.data["reason"] == "5 business days after the resolution."


def test_after_an_outage_the_notice_still_comes_ahead_of_the_end(resolved: Case) -> None:
    swept("Fri+1 10:00", "Fri+1 10:01")
    resolved.refresh_from_db()
    assert resolved.state == "resolved"
    assert next_step(resolved) == ("close", on("Tue+2 10:00"))


def test_reopening_stops_the_closing(resolved: Case, carla: Person) -> None:
    move(resolved, Move.REOPEN, by=Actor.of(carla), at=on("Tue 10:00"))
    swept("Thu 10:00")
    assert mails() == []


def test_a_rule_of_zeros_ends_nothing(resolved: Case) -> None:
    ClosingRule.objects.create(close_after=0)
    swept("Thu 10:00")
    assert mails() == []
    assert not Countdown.objects.exists()


def test_a_rule_can_close_what_is_not_answered(waiting: Case) -> None:
    ClosingRule.objects.create(gives_up_by="close")
    swept("Thu 10:00", "Wed+1 10:00", "Mon+2 10:00")
    waiting.refresh_from_db()
    assert waiting.state == "closed"


def test_steps_out_of_order_are_refused() -> None:
    problem = ClosingRule(remind_after=7, last_notice_after=7).terms.problem()
    assert problem == "Each step must come later than the one before it."


def test_the_client_reads_when_it_closes(resolved: Case, carla: Person) -> None:
    forecast = forecast_of(resolved, reader=carla)
    assert forecast is not None
    assert forecast.client_sentence == "It closes by itself on Mon 18 May unless you write."


def test_the_agent_reads_when_it_is_taken_as_solved(waiting: Case, ada: Person) -> None:
    forecast = forecast_of(waiting, reader=ada)
    assert forecast is not None
    expected = "Resolves by itself on Mon 25 May unless the client answers."
    assert forecast.agent_sentence == expected


def test_an_open_case_has_no_forecast(carla: Person) -> None:
    assert forecast_of(a_case(carla), reader=carla) is None


def test_one_case_that_fails_does_not_keep_the_others_waiting(
    waiting: Case, ada: Person, carla: Person
) -> None:
    other = a_case(carla, at=on("Mon 09:00"))
    a_message(other, by=ada, at=on("Mon 10:00"), then=Move.WAIT_FOR_CLIENT)
    news_followed(other)
    Person.objects.filter(pk=carla.pk).update(email="nobody")
    swept("Thu 10:00")
    assert Countdown.objects.exclude(error="").count() == 2
