"""Reminders a day and an hour ahead, each told once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from cases.calls import cancelling, reminding
from cases.calls.models import Reminder
from cases.models import Case
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.cases.calls.desk import at, booked

pytestmark = pytest.mark.django_db


def remind(when: str) -> int:
    return reminding.remind_of_what_is_near(now=at(when))


def reminded() -> list[str]:
    mails = OutboundMail.objects.filter(calendar_method="").order_by("pk")
    return [mail.to_address for mail in mails]


def test_both_sides_are_reminded_a_day_and_an_hour_ahead(
    case: Case, carla: Person, ada: Person
) -> None:
    booked(case)
    assert [remind(when) for when in ("Wed 09:59", "Wed 10:00", "Thu 08:59", "Thu 09:00")] == [
        0,
        1,
        0,
        1,
    ]
    assert reminded() == [carla.email, ada.email, carla.email, ada.email]


def test_a_reminder_names_time_number_and_agent_in_the_clients_zone(
    case: Case, carla: Person
) -> None:
    carla.time_zone = "Pacific/Auckland"
    carla.save()
    booked(case)
    remind("Wed 10:00")
    mail = OutboundMail.objects.get(kind="call_reminder")
    words = "Ada Lovelace calls you on Thu 14 May, 12:00 (Auckland), on +61 3 5550 0100."
    assert words in mail.text


def test_a_second_sweep_reminds_nobody_again(case: Case) -> None:
    booked(case)
    remind("Wed 10:00")
    assert (remind("Wed 10:01"), len(reminded())) == (0, 2)


def test_a_call_booked_on_short_notice_has_only_the_nearer_reminder(case: Case) -> None:
    call = booked(case, "Wed 10:00")
    assert list(call.reminders.values_list("minutes_ahead", flat=True)) == [60]


def test_after_an_outage_only_the_nearer_reminder_is_sent(case: Case) -> None:
    booked(case)
    assert (remind("Thu 09:30"), len(reminded())) == (1, 2)
    assert Reminder.objects.filter(settled_at=None).count() == 0


def test_nobody_is_reminded_of_what_has_begun_or_is_cancelled(case: Case, carla: Person) -> None:
    call = booked(case)
    assert remind("Thu 10:00") == 0
    cancelling.cancel(call, by=Actor.of(carla), now=at("Wed 09:00"))
    assert (remind("Wed 10:00"), reminded()) == (0, [])


def test_one_that_cannot_be_sent_waits_and_the_others_go_on(case: Case, carla: Person) -> None:
    call = booked(case)
    carla.email = "not an address"
    carla.save()
    assert remind("Wed 10:00") == 0
    waiting = call.reminders.get(minutes_ahead=1440)
    assert (waiting.due_at, waiting.settled_at) == (at("Wed 10:05"), None)


@pytest.mark.django_db(transaction=True)
def test_any_number_of_workers_remind_once(case: Case) -> None:
    booked(case)

    def work(_: int) -> int:
        try:
            return remind("Wed 10:00")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(8))) == 1
    assert len(reminded()) == 2
