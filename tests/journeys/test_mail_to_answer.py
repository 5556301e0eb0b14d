"""A client writes a mail, gets the number, is answered from the console and writes again."""

from collections.abc import Callable
from email.message import EmailMessage

import redis
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cases.models import Case
from helpdesk.mail.models import InboundMail
from helpdesk.mail.tasks import sweep_inbound
from helpdesk.people.models import Person
from tests.journeys.eventually import eventually
from tests.living_desk import Desk


def a_mail(*, sender: str, subject: str, text: str, message_id: str, **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "support@waratah.example", subject
    mail["Message-ID"] = message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


FIRST = a_mail(
    sender="Carla Rossi <carla@acme.example>",
    subject="Report is empty",
    text="The monthly report shows no rows.",
    message_id="<first@acme.example>",
)


def mails_to(desk: Desk, address: str) -> list[EmailMessage]:
    return [mail for mail in desk.sink.mails if mail["To"].addresses[0].addr_spec == address]


def test_from_mail_to_answer_to_reply(
    desk: Desk, carla: Person, ada: Person, client_as: Callable[[Person], Client]
) -> None:
    assert desk.post_mail(FIRST) == 200
    number_mail = eventually(lambda: next(iter(mails_to(desk, carla.email)), None))
    case = Case.objects.get()
    assert case.shown_number in number_mail["Subject"]
    assert number_mail["In-Reply-To"] == "<first@acme.example>"
    assert number_mail["Auto-Submitted"] == "auto-replied"

    console = client_as(ada)
    answer = {"audience": "public", "text": "Please reload the page.", "version": case.version}
    console.post(reverse("console:compose", args=[case.number]), answer)
    eventually(lambda: mails_to(desk, carla.email)[1:])
    answer_mail = mails_to(desk, carla.email)[1]
    assert "Please reload the page." in answer_mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]

    reply = a_mail(
        sender="carla@acme.example",
        subject=f"Re: {answer_mail['Subject']}",
        text="That helped, thank you.",
        message_id="<second@acme.example>",
        In_Reply_To=answer_mail["Message-ID"],
    )
    assert desk.post_mail(reply) == 200
    eventually(lambda: case.messages.filter(text__startswith="That helped").exists())
    assert Case.objects.count() == 1
    shown = client_as(carla).get(reverse("portal:case", args=[case.number])).text
    assert "That helped, thank you." in shown


def test_a_mail_accepted_while_no_worker_lives_is_cased_once_when_it_returns(
    desk: Desk, carla: Person
) -> None:
    desk.kill_worker()
    assert desk.post_mail(FIRST) == 200
    assert desk.post_mail(FIRST) == 200
    assert InboundMail.objects.get().state == "pending"
    desk.start_worker()
    eventually(lambda: mails_to(desk, carla.email))
    assert Case.objects.count() == 1
    assert InboundMail.objects.get().deliveries == 2


def test_a_mail_whose_wake_up_was_wiped_from_redis_is_found_by_the_sweep(
    desk: Desk, carla: Person
) -> None:
    """security.md R5: Redis only wakes, so an empty one costs seconds and no mail."""
    desk.kill_worker()
    assert desk.post_mail(FIRST) == 200
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.flushall()
    desk.start_worker()
    sweep_inbound.delay()
    eventually(lambda: mails_to(desk, carla.email))
    assert (Case.objects.count(), InboundMail.objects.get().state) == (1, "cased")


def test_bad_calls_get_a_sentence_and_leave_nothing(desk: Desk) -> None:
    assert desk.post_mail(b"") == 400
    assert not InboundMail.objects.exists()
