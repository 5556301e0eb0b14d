"""Sessions: where one is signed in, and how that ends."""

from collections.abc import Callable

import pytest
from allauth.usersessions.models import UserSession
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.test import Client

from helpdesk.people.models import Person
from helpdesk.people.sign_in import sessions
from helpdesk.people.sign_in.tidying import forget_what_is_over
from tests.cast import PASSWORD

PAGE = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(username: str, agent: str = FIREFOX) -> Client:
    browser = Client(headers={"User-Agent": agent})
    browser.post("/accounts/login/", {"login": username, "password": PASSWORD})
    return browser


def is_signed_in(browser: Client) -> bool:
    return browser.get("/profile/").status_code == 200


def test_the_page_lists_every_session_of_the_person_and_no_other(
    carla: Person, gil: Person
) -> None:
    here = signed_in("carla")
    signed_in("carla", "curl/8")
    signed_in("gil")
    page = here.get(PAGE).content.decode()
    assert page.count("<li>") == 2
    assert "Sign out everywhere else" in page
    assert "Firefox on Linux" in page
    assert "A program" in page


def test_one_session_can_be_ended(carla: Person) -> None:
    here, there = signed_in("carla"), signed_in("carla")
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post(f"{PAGE}{other.pk}/end/")
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)


def test_nobody_ends_the_session_of_somebody_else(carla: Person, gil: Person) -> None:
    carlas, gils = signed_in("carla"), signed_in("gil")
    session = UserSession.objects.get(user=carla)
    assert gils.post(f"{PAGE}{session.pk}/end/").status_code == 404
    assert is_signed_in(carlas)


def test_ending_the_session_that_one_uses_is_signing_out(carla: Person) -> None:
    here = signed_in("carla")
    here.post(f"{PAGE}{UserSession.objects.get().pk}/end/")
    assert not is_signed_in(here)


def test_all_others_can_be_ended_at_once(carla: Person) -> None:
    here, there, elsewhere = signed_in("carla"), signed_in("carla"), signed_in("carla")
    here.post(PAGE)
    assert [is_signed_in(one) for one in (here, there, elsewhere)] == [True, False, False]
    assert here.get(PAGE).content.decode().count("<li>") == 1


def test_this_session_keeps_its_end_when_the_others_are_ended(carla: Person) -> None:
    here = signed_in("carla")
    before = here.session["_session_expiry"]
    here.post(PAGE)
    assert here.session["_session_expiry"] == before


def test_a_deactivated_person_is_out_at_the_next_request(carla: Person) -> None:
    browser = signed_in("carla")
    Person.objects.filter(pk=carla.pk).update(is_active=False)
    assert not is_signed_in(browser)


def test_no_session_comes_back_to_life_when_the_person_does(carla: Person) -> None:
    browser = signed_in("carla")
    sessions.end_all(carla)
    assert not is_signed_in(browser)
    assert not Session.objects.exists()


def test_the_end_of_all_sessions_is_told_to_sockets(
    carla: Person,
    settings: LazySettings,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    settings.SESSIONS_ENDED = f"{__name__}.note_ended"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        sessions.end_all(carla)
    assert ended == [carla.pk]


ended: list[int] = []


def note_ended(person_id: int) -> None:
    ended.append(person_id)


def test_sessions_that_ended_are_forgotten(carla: Person) -> None:
    browser = signed_in("carla")
    Session.objects.all().delete()
    assert UserSession.objects.count() == 1
    forget_what_is_over()
    assert UserSession.objects.count() == 0
    assert not is_signed_in(browser)


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_page_is_for_people_who_are_signed_in(client: Client, db: None, method: str) -> None:
    answer = getattr(client, method)(PAGE)
    assert answer["Location"] == f"/accounts/login/?next={PAGE}"
