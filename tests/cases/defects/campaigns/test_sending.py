"""A campaign: planned, looked at, sent once whatever happens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.actions.joining import join, leave
from cases.actions.refusing import Refused
from cases.defects.actions import following
from cases.defects.campaigns import reviewing, sending, wording
from cases.defects.campaigns.models import Campaign, Recipient
from cases.defects.campaigns.progress import progress_of
from cases.defects.lifecycle import Move
from cases.models import Case
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message
from tests.cases.defects.desk import a_defect, mailed, moved, news_of, released, sent, swept
from tests.helpdesk.calendars.desk import a_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db: None) -> None:
    a_calendar("office")


def test_nothing_leaves_before_its_time(ada: Person, carla: Person) -> None:
    campaign = released(a_defect(ada, a_case(carla)), by=ada)
    swept(campaign.send_at - timedelta(seconds=1))
    assert mailed("defect_released") == []


def test_it_leaves_by_itself_when_nobody_looks(ada: Person, carla: Person, gil: Person) -> None:
    campaign = released(a_defect(ada, a_case(carla), a_case(gil)), by=ada)
    sent(campaign)
    campaign.refresh_from_db()
    assert mailed("defect_released") == [carla.email, gil.email]
    assert (campaign.state, campaign.started_by) == ("sent", "Waratah")


def test_a_second_tick_sends_nothing_more(ada: Person, carla: Person) -> None:
    at = sent(released(a_defect(ada, a_case(carla)), by=ada))
    swept(at + timedelta(seconds=15))
    assert mailed("defect_released") == [carla.email]


def test_somebody_with_five_cases_gets_one_mail_that_names_all_five(
    ada: Person, carla: Person
) -> None:
    cases = [a_case(carla, subject=f"Report {number}") for number in range(5)]
    sent(released(a_defect(ada, *cases), by=ada))
    mail = OutboundMail.objects.get(kind="defect_released")
    assert [case.shown_number in mail.text for case in cases] == [True] * 5


def test_nobody_reads_of_a_case_of_another_organisation(
    ada: Person, carla: Person, gil: Person
) -> None:
    theirs, others = a_case(carla), a_case(gil)
    sent(released(a_defect(ada, theirs, others, internal_notes="Row 7"), by=ada))
    mail = OutboundMail.objects.get(to_address=carla.email, kind="defect_released")
    assert theirs.shown_number in mail.text
    assert others.shown_number not in mail.text + mail.html
    assert "Row 7" not in mail.text + mail.html


def test_who_takes_part_and_who_follows_is_told_too(
    ada: Person, carla: Person, ivy: Person, cem: Person
) -> None:
    case = a_case(carla)
    join(case, ivy, by=Actor.of(carla))
    defect = a_defect(ada, case)
    following.follow(defect, by=cem)
    sent(released(defect, by=ada))
    assert mailed("defect_released") == [carla.email, cem.email, ivy.email]


def test_who_left_the_case_in_between_is_told_nothing(
    ada: Person, carla: Person, ivy: Person
) -> None:
    case = a_case(carla)
    join(case, ivy, by=Actor.of(carla))
    campaign = released(a_defect(ada, case), by=ada)
    leave(case, ivy, by=Actor.of(ivy))
    sent(campaign)
    assert mailed("defect_released") == [carla.email]
    assert Recipient.objects.get(person=ivy).skipped_because == sending.NOBODY_LEFT


def test_the_words_that_an_agent_wrote_are_what_leaves(ada: Person, carla: Person) -> None:
    campaign = released(a_defect(ada, a_case(carla)), by=ada)
    reviewing.change_words(campaign, "The new index does it.", by=Actor.of(ada), seen_version=1)
    sent(campaign)
    assert "The new index does it." in OutboundMail.objects.get(kind="defect_released").text


def test_two_agents_do_not_overwrite_each_other(ada: Person, ben: Person, carla: Person) -> None:
    campaign = released(a_defect(ada, a_case(carla)), by=ada)
    reviewing.change_words(campaign, "By Ada.", by=Actor.of(ada), seen_version=1)
    with pytest.raises(Refused, match="meanwhile"):
        reviewing.change_words(campaign, "By Ben.", by=Actor.of(ben), seen_version=1)
    campaign.refresh_from_db()
    assert campaign.words == "By Ada."


def test_it_can_be_put_off_an_hour_but_not_for_ever(ada: Person, carla: Person) -> None:
    campaign = released(a_defect(ada, a_case(carla)), by=ada)
    later = reviewing.put_off(campaign, by=Actor.of(ada), seen_version=1)
    assert later.send_at == campaign.send_at + timedelta(hours=1)
    Campaign.objects.update(send_at=campaign.made_at + timedelta(hours=24))
    with pytest.raises(Refused, match="cannot wait longer"):
        reviewing.put_off(campaign, by=Actor.of(ada), seen_version=None)


def test_sending_now_does_not_wait(ada: Person, carla: Person) -> None:
    campaign = released(a_defect(ada, a_case(carla)), by=ada)
    reviewing.send_now(campaign, by=Actor.of(ada), seen_version=1)
    swept(timezone.now() + timedelta(seconds=1))
    assert mailed("defect_released") == [carla.email]
    with pytest.raises(Refused, match="too late"):
        reviewing.change_words(campaign, "x", by=Actor.of(ada), seen_version=None)


def test_a_withdrawn_campaign_never_leaves(ada: Person, carla: Person) -> None:
    defect = a_defect(ada, a_case(carla))
    campaign = released(defect, by=ada)
    moved(defect, Move.TAKE_BACK, by=ada, reason="It came back.")
    sent(campaign)
    assert OutboundMail.objects.filter(kind="defect_released").count() == 0


def test_each_case_says_so_and_waits_for_its_client(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    a_message(case, by=ada)
    sent(released(a_defect(ada, case), by=ada))
    case.refresh_from_db()
    assert case.state == "waiting"
    assert "case.defect_released" in news_of("case", case.pk)


def test_a_case_whose_client_waits_for_us_stays_with_us(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    sent(released(a_defect(ada, case), by=ada))
    case.refresh_from_db()
    assert case.state == "new"


def test_an_address_that_mail_cannot_reach_holds_up_nobody(
    ada: Person, carla: Person, gil: Person
) -> None:
    campaign = released(a_defect(ada, a_case(carla), a_case(gil)), by=ada)
    Recipient.objects.filter(person=carla).update(address="nowhere")
    sent(campaign)
    assert mailed("defect_released") == [gil.email]
    progress = progress_of(campaign)
    assert (progress.recipients, progress.skipped, progress.on_the_way) == (2, 1, 1)


def test_a_row_that_fails_waits_and_the_others_go_on(
    ada: Person, carla: Person, gil: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = released(a_defect(ada, a_case(carla), a_case(gil)), by=ada)
    real = wording.news_mail

    def failing(campaign: Campaign, recipient: Recipient, cases: list[Case]) -> object:
        if recipient.person_id == carla.pk:
            raise RuntimeError("The template broke.")
        return real(campaign, recipient, cases)

    monkeypatch.setattr(wording, "news_mail", failing)
    at = sent(campaign)
    assert mailed("defect_released") == [gil.email]
    assert "The template broke." in Recipient.objects.get(person=carla).sweep_error
    monkeypatch.setattr(wording, "news_mail", real)
    swept(at + sending.PUT_OFF)
    assert mailed("defect_released") == [carla.email, gil.email]
