"""News by mail: nobody is subscribed by somebody else, everybody can leave."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from helpdesk.mail.models import OutboundMail
from helpdesk.mail.sending import message_of
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Person
from knowledgebase.notices import subscribing
from knowledgebase.notices.actions import posting
from knowledgebase.notices.models import Product, Subscription
from knowledgebase.notices.telling import BATCH, tell_subscribers
from tests.knowledgebase.notices.board import HOUR, NOW, incident, maintenance

pytestmark = pytest.mark.django_db
VISITOR = "vera@elsewhere.example"


def link_in(mail: OutboundMail) -> str:
    match = re.search(r"http://localhost:8000(\S+/)", mail.text)
    assert match is not None
    return match[1]


def subscribed(address: str = VISITOR, *products: Product) -> Subscription:
    subscription = Subscription.objects.create(email=address, confirmed_at=NOW - HOUR)
    subscription.products.set(products)
    return subscription


def told(kind: str = "status_news") -> list[str]:
    mails = OutboundMail.objects.filter(kind=kind).order_by("to_address")
    return list(mails.values_list("to_address", flat=True))


def test_a_visitor_is_subscribed_by_the_button_behind_the_mailed_link(client: Client) -> None:
    client.post("/status/subscription/", {"email": "Vera@elsewhere.example"})
    link = link_in(OutboundMail.objects.get(kind="status_confirm"))
    assert client.get(link).status_code == 200
    assert not Subscription.objects.confirmed().exists()
    client.post(link)
    assert Subscription.objects.confirmed().get().email == VISITOR


def test_every_address_gets_the_same_answer(client: Client) -> None:
    subscribed()
    said = [
        client.post("/status/subscription/", {"email": address})
        .text.partition("<main")[2]
        .replace(address, "")
        for address in (VISITOR, "new@elsewhere.example")
    ]
    assert said[0] == said[1]


def test_a_link_that_is_too_old_subscribes_nobody(client: Client) -> None:
    client.post("/status/subscription/", {"email": VISITOR})
    link = link_in(OutboundMail.objects.get(kind="status_confirm"))
    later = Subscription.objects.get().asked_at + timedelta(days=4)
    with time_machine.travel(later):
        assert client.post(link).status_code == 410
    assert not Subscription.objects.confirmed().exists()


def test_somebody_signed_in_needs_no_link(carla: Person) -> None:
    browser = Client()
    browser.force_login(carla)
    browser.post("/status/subscription/", {})
    assert subscribing.subscription_of(carla) is not None
    assert not OutboundMail.objects.exists()


def test_each_update_is_mailed_once_to_each_subscriber() -> None:
    subscribed()
    incident()
    assert [tell_subscribers(now=NOW) for _ in range(2)] == [1, 0]
    assert told() == [VISITOR]


def test_who_subscribes_later_hears_nothing_of_before() -> None:
    incident(at=NOW - 2 * HOUR)
    subscribed()
    assert tell_subscribers(now=NOW) == 0


def test_news_of_a_product_go_to_those_who_chose_it_or_all() -> None:
    reports, chat = (Product.objects.create(name=name) for name in ("Reports", "Chat"))
    for name, chosen in {"all": (), "reports": (reports,), "chat": (chat,)}.items():
        subscribed(f"{name}@elsewhere.example", *chosen)
    incident(products=[reports])
    tell_subscribers(now=NOW)
    assert told() == ["all@elsewhere.example", "reports@elsewhere.example"]


def test_more_subscribers_than_a_batch_are_all_told() -> None:
    Subscription.objects.bulk_create(
        Subscription(email=f"s{number}@elsewhere.example", confirmed_at=NOW - HOUR)
        for number in range(BATCH + 5)
    )
    incident()
    assert tell_subscribers(now=NOW) == BATCH + 5


def test_a_mail_can_be_answered_with_one_click_to_get_no_more(client: Client) -> None:
    subscribed()
    notice = incident()
    tell_subscribers(now=NOW)
    message = message_of(OutboundMail.objects.get(kind="status_news")).message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    answer = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    posting.say(notice, "More.", by=SYSTEM, at=NOW + HOUR)
    assert tell_subscribers(now=NOW + HOUR) == 0


def test_a_forged_link_to_leave_is_not_found(client: Client) -> None:
    subscribed()
    assert client.post("/status/subscription/leave/1:forged/").status_code == 404
    assert Subscription.objects.confirmed().exists()


def test_the_mail_says_when_by_the_clock_of_its_reader(carla: Person) -> None:
    carla.time_zone = "Pacific/Auckland"
    carla.save()
    subscribing.follow(carla, products=[], at=NOW - HOUR)
    maintenance()
    tell_subscribers(now=NOW)
    mail = OutboundMail.objects.get(kind="status_news")
    assert mail.subject == "Scheduled: Database upgrade"
    assert "From today 18:00 to today 20:00 (Auckland time)." in mail.text
