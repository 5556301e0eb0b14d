"""Theme and density, remembered in cookies that the server reads."""

from django.http import HttpResponse
from django.test import RequestFactory

from helpdesk.design.appearance import Appearance, appearance_of, remember


def test_without_cookies_nothing_is_chosen() -> None:
    assert appearance_of(RequestFactory().get("/")) == Appearance("", "")


def test_cookies_choose_theme_and_density() -> None:
    request = RequestFactory().get("/")
    request.COOKIES.update(theme="dark", density="roomy")
    assert appearance_of(request) == Appearance("dark", "roomy")


def test_a_word_that_is_no_theme_counts_as_no_choice() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = '"><script>'
    assert appearance_of(request).theme == ""


def test_a_choice_is_kept_for_a_year() -> None:
    response = HttpResponse()
    remember(response, "theme", "dark", secure=True)
    cookie = response.cookies["theme"]
    assert (cookie.value, cookie["max-age"], cookie["secure"]) == ("dark", 31536000, True)


def test_following_the_system_forgets_the_choice() -> None:
    response = HttpResponse()
    remember(response, "theme", "", secure=False)
    assert response.cookies["theme"]["max-age"] == 0
