"""Links with which somebody chooses a password."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Person
from helpdesk.people.sign_in.links import find_link, make_link, use_link
from helpdesk.people.sign_in.models import PasswordLink

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
INVITATION, FORGOTTEN = PasswordLink.Purpose.INVITATION, PasswordLink.Purpose.FORGOTTEN


def new_link(person: Person, purpose: PasswordLink.Purpose = FORGOTTEN) -> tuple[PasswordLink, str]:
    link, address = make_link(person, purpose=purpose, by=SYSTEM, now=NOW)
    return link, address.rstrip("/").partition("/key/")[2].partition("-")[2]


def test_the_token_opens_its_link(carla: Person) -> None:
    link, token = new_link(carla)
    assert find_link(carla, token, now=NOW) == link


def test_the_token_is_long_and_only_its_hash_is_kept(carla: Person) -> None:
    link, token = new_link(carla)
    assert len(token) == 43  # 256 bits
    assert token not in str(PasswordLink.objects.values().get(pk=link.pk))


@pytest.mark.parametrize(
    ("purpose", "hours"),
    [(FORGOTTEN, 24), (PasswordLink.Purpose.FIRST_TIME, 24), (INVITATION, 168)],
)
def test_a_link_lives_as_long_as_its_purpose(
    carla: Person, purpose: PasswordLink.Purpose, hours: int
) -> None:
    link, token = new_link(carla, purpose)
    end = NOW + timedelta(hours=hours)
    assert find_link(carla, token, now=end - timedelta(seconds=1)) == link
    assert find_link(carla, token, now=end) is None


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1", "\x00"])
def test_any_other_token_opens_nothing(carla: Person, token: str) -> None:
    new_link(carla)
    assert find_link(carla, token, now=NOW) is None


def test_a_token_opens_nothing_for_somebody_else(carla: Person, gil: Person) -> None:
    _, token = new_link(carla)
    assert find_link(gil, token, now=NOW) is None


def test_a_link_dies_when_the_password_changes(carla: Person) -> None:
    _, token = new_link(carla)
    carla.set_password("another-password-altogether")
    assert find_link(carla, token, now=NOW) is None


def test_a_link_dies_when_the_address_changes(carla: Person) -> None:
    _, token = new_link(carla)
    carla.email = "carla@elsewhere.example"
    assert find_link(carla, token, now=NOW) is None


def test_a_link_opens_nothing_for_somebody_deactivated(carla: Person) -> None:
    _, token = new_link(carla)
    carla.is_active = False
    assert find_link(carla, token, now=NOW) is None


def test_a_link_is_used_once(carla: Person) -> None:
    link, token = new_link(carla)
    assert [use_link(link, now=NOW), use_link(link, now=NOW)] == [True, False]
    assert find_link(carla, token, now=NOW) is None


def test_a_link_without_a_hash_cannot_be_stored(carla: Person) -> None:
    with pytest.raises(IntegrityError, match="password_link_has_a_hash"):
        PasswordLink.objects.create(
            person=carla, purpose=INVITATION, token_hash="", made_at=NOW, expires_at=NOW
        )
