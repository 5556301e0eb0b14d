"""A page vouches for its user, briefly, once, and for nobody of ours."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from cases.actions.refusing import Refused
from chat.identity import visiting
from chat.identity.vouching import new_secret, read_voucher, vouch_for
from chat.models import Site, SiteSecret, Visit
from helpdesk.people.models import Person
from tests.chat.talk import a_client, a_guest, a_site

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def site(db: None) -> Site:
    return a_site()


@pytest.fixture
def signed(site: Site) -> Callable[..., str]:
    """A good voucher but for what is given; a claim of None is left out."""
    key, secret = new_secret(site)

    def sign(*, header: dict[str, Any] | None = None, by: str = secret, **claims: Any) -> str:
        good = {
            "aud": site.key,
            "iat": int(NOW.timestamp()),
            "exp": int((NOW + timedelta(minutes=4)).timestamp()),
            "jti": "a-nonce-of-its-own",
            "email": "carla@acme.example",
        }
        kept = {name: value for name, value in (good | claims).items() if value is not None}
        return jwt.encode(kept, by, algorithm="HS256", headers={"kid": key.kid} | (header or {}))

    return sign


def test_a_good_voucher_is_read(site: Site, signed: Callable[..., str]) -> None:
    assert read_voucher(site, signed(), at=NOW).email == "carla@acme.example"


FORGED: dict[str, dict[str, Any]] = {
    "another secret": {"by": "x" * 43},
    "an empty key id": {"header": {"kid": ""}},
    "a key id that is not there": {"header": {"kid": "nobody"}},
    "another site": {"aud": "another-site"},
    "no audience": {"aud": None},
    "over": {"exp": int((NOW - timedelta(minutes=1)).timestamp())},
    "not yet": {"iat": int((NOW + timedelta(minutes=2)).timestamp())},
    "for a day": {"exp": int((NOW + timedelta(days=1)).timestamp())},
    "without an end": {"exp": None},
    "without a nonce": {"jti": None},
    "a short nonce": {"jti": "1"},
    "no address": {"email": "carla"},
    "an address that is none": {"email": ["carla@acme.example"]},
}


@pytest.mark.parametrize("what", FORGED)
def test_a_voucher_is_refused_with(what: str, site: Site, signed: Callable[..., str]) -> None:
    with pytest.raises(Refused, match="could not sign you in"):
        read_voucher(site, signed(**FORGED[what]), at=NOW)


def test_an_unsigned_voucher_is_refused(site: Site) -> None:
    key, _ = new_secret(site)
    token = jwt.encode({"aud": site.key}, "", algorithm="none", headers={"kid": key.kid})
    with pytest.raises(Refused, match="could not sign you in"):
        read_voucher(site, token, at=NOW)


def test_while_keys_rotate_both_hold_and_then_only_the_new_one(
    site: Site, signed: Callable[..., str], carla: Person
) -> None:
    new_secret(site)
    assert read_voucher(site, signed(), at=NOW).email == carla.email
    SiteSecret.objects.order_by("pk").first().delete()  # type: ignore[union-attr]
    with pytest.raises(Refused):
        read_voucher(site, signed(), at=NOW)


def test_a_retired_key_vouches_no_more(site: Site, signed: Callable[..., str]) -> None:
    SiteSecret.objects.update(retired_at=NOW)
    with pytest.raises(Refused):
        read_voucher(site, signed(), at=NOW)


def test_a_voucher_opens_one_visit(site: Site, carla: Person) -> None:
    voucher = read_voucher(site, vouch_for(carla, site=site, at=NOW), at=NOW)
    visiting.open_vouched(site, voucher, at=NOW)
    with pytest.raises(Refused, match="used already"):
        visiting.open_vouched(site, voucher, at=NOW)
    assert Visit.objects.count() == 1


def test_nobody_becomes_one_of_ours_by_a_voucher(site: Site, ada: Person) -> None:
    voucher = read_voucher(site, vouch_for(ada, site=site, at=NOW), at=NOW)
    with pytest.raises(Refused, match="cannot use the chat"):
        visiting.open_vouched(site, voucher, at=NOW)
    assert Visit.objects.count() == 0


def test_a_secret_is_kept_hashed_and_opens_its_visit(db: None) -> None:
    opened = a_guest()
    assert visiting.visit_with(opened.secret, at=datetime.now(UTC)) == opened.visit
    assert opened.secret not in str(Visit.objects.values().get())


@pytest.mark.parametrize("secret", ["", "guess", "x" * 500])
def test_a_guess_opens_nothing(secret: str, db: None) -> None:
    a_guest()
    assert visiting.visit_with(secret, at=datetime.now(UTC)) is None


def test_a_vouched_visit_ends_with_the_sessions_of_its_person(carla: Person) -> None:
    opened = a_client(carla)
    Person.objects.filter(pk=carla.pk).update(session_epoch=1)
    assert visiting.visit_with(opened.secret, at=datetime.now(UTC)) is None


def test_a_visit_does_not_last_for_ever(db: None) -> None:
    opened = a_guest()
    later = datetime.now(UTC) + timedelta(days=31)
    assert visiting.visit_with(opened.secret, at=later) is None
