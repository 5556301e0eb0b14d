"""Calling whoever is next, once, until somebody acknowledges or it is over."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from cases.actions.moving import move
from cases.actions.prioritising import change_priority
from cases.lifecycle import Move
from cases.models import Case
from cases.oncall import channels, paging, ringing
from cases.oncall.models import Attempt, Page, Rota, Sending
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from helpdesk.webhooks import endpoints
from tests.builders import a_message
from tests.cases.oncall.desk import NIGHT, a_page, a_rota, after, called, latest, rung


@pytest.fixture
def page(ada: Person, ben: Person, lea: Person, carla: Person) -> Page:
    a_rota(primary=ada, secondary=ben, lead=lea)
    return a_page(carla, characteristics=("nobody_gets_in",))


def test_the_first_in_line_is_called_at_once(page: Page) -> None:
    rung(0)
    rung(1)
    assert called(page) == ["Ada Lovelace"]
    assert latest("oncall.called").sentence == "We called the engineer on call (Primary)."


def test_the_next_in_line_is_called_when_nobody_acknowledges_and_around_again(page: Page) -> None:
    for minutes in (0, 4.9, 5, 10, 15):
        rung(minutes)
    assert called(page) == ["Ada Lovelace", "Ben Okri", "Lea Novak", "Ada Lovelace"]


def test_the_mail_says_who_what_and_how_to_acknowledge(page: Page, ada: Person) -> None:
    rung(0)
    mail = OutboundMail.objects.get(kind="oncall_page")
    assert mail.to_address == ada.email
    assert mail.subject == f"CRITICAL [{page.case.shown_number}] Acme: Report is empty"
    assert "Nobody can get in." in mail.text
    assert "/on-call/" in mail.text
    assert Sending.objects.get().mail == mail


def test_a_gateway_is_told_the_number_to_call(page: Page, ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(phone="+61 3 5550 0100")
    gateway = endpoints.create("SMS", "https://sms.example/hook")[0]
    Rota.objects.get().gateways.add(gateway)
    rung(0)
    told = json.loads(gateway.deliveries.get().body)
    assert told["type"] == "oncall.page"
    assert told["data"]["to"] == {"name": "Ada Lovelace", "phone": "+61 3 5550 0100"}
    assert "/on-call/" in told["data"]["acknowledge_url"]
    assert told["data"]["text"] == (
        f"Critical case {page.case.shown_number}, Acme: Report is empty."
    )


def test_after_an_outage_one_call_is_made_and_not_all_that_were_missed(page: Page) -> None:
    rung(0)
    rung(300)
    rung(301)
    assert called(page) == ["Ada Lovelace", "Ben Okri"]
    page.refresh_from_db()
    assert page.next_at == after(305)


def test_nobody_is_called_after_an_acknowledgement(page: Page, ada: Person) -> None:
    rung(0)
    paging.acknowledge(page, by=ada, at=after(3))
    rung(5)
    assert called(page) == ["Ada Lovelace"]
    assert latest("oncall.acknowledged").sentence == (
        "Ada Lovelace acknowledged the call and takes care of it."
    )


def test_an_acknowledgement_without_an_answer_lapses(page: Page, ada: Person) -> None:
    rung(0)
    paging.acknowledge(page, by=ada, at=after(3))
    rung(32.9)
    rung(33)
    page.refresh_from_db()
    assert called(page) == ["Ada Lovelace", "Ben Okri"]
    assert (page.state, page.acknowledged_by) == ("ringing", None)


def test_an_acknowledgement_twice_is_one(page: Page, ada: Person, ben: Person) -> None:
    paging.acknowledge(page, by=ada, at=after(3))
    again = paging.acknowledge(page, by=ben, at=after(4))
    assert (again.acknowledged_by, again.acknowledged_at) == (ada, after(3))
    assert Entry.objects.filter(kind="oncall.acknowledged").count() == 1


def _answer(case: Case, ada: Person) -> None:
    a_message(case, by=ada, at=after(2))


def _lower(case: Case, ada: Person) -> None:
    change_priority(case, "high", by=Actor.of(ada), reason="One office only.", at=after(2))


def _resolve(case: Case, ada: Person) -> None:
    move(case, Move.RESOLVE, by=Actor.of(ada), at=after(2))


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (_answer, "Ada Lovelace answered the client."),
        (_lower, "the priority is High now."),
        (_resolve, "the case is resolved."),
    ],
)
def test_the_sweep_calls_nobody_once_it_is_over(
    act: object, reason: str, page: Page, ada: Person
) -> None:
    rung(0)
    act(page.case, ada)  # type: ignore[operator]
    rung(5)
    page.refresh_from_db()
    assert (page.state, page.end_reason, page.next_at) == ("stopped", reason, None)
    assert called(page) == ["Ada Lovelace"]


@pytest.mark.parametrize(
    ("act", "kind"),
    [(_answer, "case.replied"), (_lower, "case.prioritised"), (_resolve, "case.moved")],
)
def test_the_news_alone_end_it_before_the_sweep_comes(
    act: object, kind: str, page: Page, ada: Person
) -> None:
    act(page.case, ada)  # type: ignore[operator]
    paging.stop_if_over(latest(kind))
    page.refresh_from_db()
    assert page.state == "stopped"


def test_what_the_client_writes_ends_nothing(page: Page, carla: Person) -> None:
    a_message(page.case, by=carla, at=after(2))
    paging.stop_if_over(latest("case.replied"))
    page.refresh_from_db()
    assert page.state == "ringing"


def test_after_the_last_round_the_calls_end_and_the_leads_are_told(page: Page) -> None:
    Page.objects.update(most_attempts=2)
    for minutes in (0, 5, 10):
        rung(minutes)
    page.refresh_from_db()
    assert (page.state, page.end_reason) == ("exhausted", "Nobody acknowledged.")
    assert latest("oncall.exhausted").sentence == (
        "Nobody acknowledged after 2 calls. Every lead was told."
    )


def test_who_is_in_two_layers_is_called_once_a_round(
    ada: Person, ben: Person, carla: Person
) -> None:
    a_rota(primary=ada, secondary=ada, lead=ben)
    page = a_page(carla)
    for minutes in (0, 5, 10):
        rung(minutes)
    assert called(page) == ["Ada Lovelace", "Ben Okri", "Ada Lovelace"]


def test_without_a_rota_every_lead_is_called(carla: Person, lea: Person, root: Person) -> None:
    page = a_page(carla)
    rung(0)
    assert called(page) == ["Lea Novak", "Root Banyan"]
    assert latest("oncall.called").sentence == "We called every lead."


def test_editing_the_rota_changes_no_running_page(page: Page) -> None:
    Rota.objects.update(minutes_to_answer=60, rounds=1)
    rung(0)
    rung(5)
    assert called(page) == ["Ada Lovelace", "Ben Okri"]


def test_a_poisonous_page_waits_and_the_others_are_called(
    page: Page, gil: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(call: channels.calling.Call) -> list[Sending]:
        if call.case == page.case:
            raise ValueError("poison")
        return []

    other = a_page(gil, at=NIGHT + timedelta(seconds=1))
    monkeypatch.setattr(channels, "EVERY", (refuse,))
    rung(1)
    page.refresh_from_db()
    assert (page.next_at, page.last_error) == (after(2), "ValueError: poison")
    assert (called(page), called(other)) == ([], ["Ada Lovelace"])


@pytest.mark.django_db(transaction=True)
def test_eight_workers_call_once(ada: Person, ben: Person, carla: Person) -> None:
    a_rota(primary=ada, secondary=ben)
    a_page(carla)

    def work(_: int) -> None:
        ringing.ring_due(now=after(1))
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert Attempt.objects.count() == 1
    assert OutboundMail.objects.filter(kind="oncall_page").count() == 1
