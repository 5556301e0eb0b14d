"""Many mails in the worst order (security.md R13, R18, R29)."""

import random
from collections import defaultdict

import pytest

from cases.models import Case
from cases.thread.models import Message
from helpdesk.journal import dispatch as journal
from helpdesk.journal.models import Entry
from helpdesk.mail import delivery, ledger
from helpdesk.mail.clock import database_now
from helpdesk.mail.models import InboundMail, OutboundMail
from helpdesk.people.models import Person
from tests.cases.mailroom.mails import arrives, receives
from tests.helpdesk.mail.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db

CONVERSATIONS, LENGTH = 12, 5


def react() -> None:
    for entry in Entry.objects.filter(dispatched_at=None):
        for reaction in journal.dispatch(entry.pk):
            journal.react(reaction)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_conversations_whose_mails_overtake_each_other_stay_together(
    seed: int, carla: Person
) -> None:
    """R13: each mail names its parent and the first one, and they come in any order."""
    mails = [(talk, turn) for talk in range(CONVERSATIONS) for turn in range(LENGTH)]
    random.Random(seed).shuffle(mails)  # noqa: S311 - an order, no secret
    for talk, turn in mails:
        parents = [f"<{talk}.{one}@acme.example>" for one in range(turn)]
        arrives(
            text=f"{talk}: {turn}",
            message_id=f"<{talk}.{turn}@acme.example>",
            References=" ".join(parents),
        )
    cases = defaultdict(set)
    for message in Message.objects.all():
        cases[message.text.partition(":")[0]].add(message.case_id)
    assert Message.objects.count() == CONVERSATIONS * LENGTH
    assert [len(found) for found in cases.values()] == [1] * CONVERSATIONS


def test_naming_a_mail_of_another_client_lets_nobody_in(carla: Person, gil: Person) -> None:
    """R13, T2: Message-IDs of others are no secret, so they are a hint and no right."""
    arrives(message_id="<known@acme.example>")
    arrives(sender=gil.email, message_id="<2@globex.example>", In_Reply_To="<known@acme.example>")
    assert Case.objects.count() == 2
    assert not Case.objects.visible_to(gil).filter(client=carla).exists()


def test_a_storm_of_bounces_is_not_answered_and_hides_nobody(sink: SmtpSink, carla: Person) -> None:
    """R29."""
    for number in range(40):
        receives(
            b"From: MAILER-DAEMON@mx.victim.example\r\nTo: support@waratah.example\r\n"
            b"Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
            b"Message-ID: <%d@mx.victim.example>\r\n\r\nNo such user.\r\n" % number
        )
    mail = arrives()
    react()
    delivery.deliver_due(seconds=10)
    assert mail.state == "cased"
    assert [one["To"].addresses[0].addr_spec for one in sink.mails] == [carla.email]


def test_whoever_writes_a_lot_gets_a_case_for_each_mail_and_one_answer_if_nobody_vouches(
    sink: SmtpSink, carla: Person
) -> None:
    """R29, T12: the answers that were held back say why."""
    for number in range(8):
        arrives(message_id=f"<{number}@acme.example>", text=f"Question {number}")
    react()
    delivery.deliver_due(seconds=10)
    assert (Case.objects.count(), len(sink.mails)) == (8, 1)
    assert OutboundMail.objects.held_by_ceiling().count() == 7


def test_every_kind_of_fate_adds_up(carla: Person) -> None:
    """Copies have a row of their own; the very same bytes again are counted on theirs."""
    arrives(message_id="<1@a.example>")
    arrives(message_id="<1@a.example>")
    arrives(message_id="<1@a.example>", delivered_to=["help@waratah.example"])
    arrives(message_id="<2@a.example>", Auto_Submitted="auto-replied")
    receives(b"Subject: nobody\r\n\r\nNo author.\r\n")
    day = database_now().date()
    (balance,) = ledger.balance(day, day)
    assert (balance.received, balance.duplicates, balance.adds_up) == (4, 1, True)
    fates = {state: count for state, count in balance.states.items() if count}
    assert fates == {"cased": 2, "automatic": 1, "quarantined": 1}
    assert InboundMail.objects.exclude(copy_of=None).count() == 1
