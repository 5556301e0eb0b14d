"""The pause while the mail server is out of reach (security.md R14, R36)."""

import pytest
from django.utils import timezone

from helpdesk.mail import relay
from helpdesk.mail.models import RelayPause

pytestmark = pytest.mark.django_db


def test_without_trouble_there_is_no_pause() -> None:
    assert (relay.is_paused(), relay.standing()) == (False, None)


def test_pauses_grow_to_a_minute_and_tell_since_when_and_why() -> None:
    lengths = []
    for _ in range(6):
        relay.pause("No connection.")
        lengths.append((RelayPause.objects.get().until - timezone.now()).total_seconds())
    assert lengths == pytest.approx([5, 10, 20, 40, 60, 60], rel=0.15)
    standing = RelayPause.objects.get()
    assert relay.standing() == standing
    assert (standing.failures, standing.reason) == (6, "No connection.")


def test_the_first_mail_that_is_taken_ends_it() -> None:
    relay.pause("No connection.")
    relay.resume()
    assert (relay.is_paused(), relay.standing()) == (False, None)
