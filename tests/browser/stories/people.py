"""Somebody at a browser, as the stories tell it: what they see, press and type."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from playwright.sync_api import Browser, Page

from helpdesk.people.models import Person
from tests.browser.accessibility import violations
from tests.cast import PASSWORD


@dataclass
class Visitor:
    """A person at a browser of their own. Every page that they look at is checked with axe."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, person: Person, *, name: str = "") -> None:
        """Sign in with the password of the cast, as `name` or with the user name."""
        # The tests hash the passwords of the cast quickly; the desk of this story does not.
        hashed = PBKDF2PasswordHasher().encode(PASSWORD, "story")
        Person.objects.filter(pk=person.pk).update(password=hashed)
        self.go("/accounts/login/")
        self.page.get_by_label("User name or e-mail address").fill(name or person.username)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)
        self.look()

    def look(self) -> None:
        """Wait until the page stands and check it."""
        self.page.wait_for_load_state()
        assert violations(self.page) == [], self.page.url

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()


@contextmanager
def visitor(
    browser: Browser, url: str, *, dark: bool = False, width: int = 1280
) -> Iterator[Visitor]:
    """A new browser session. Raises AssertionError for a script error or a refused resource."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    context.set_default_timeout(60_000)
    somebody = Visitor(context.new_page(), url)
    somebody.page.on("pageerror", lambda error: somebody.complaints.append(str(error)))
    somebody.page.on(
        "console",
        lambda line: (
            somebody.complaints.append(line.text)
            if "Content Security Policy" in line.text
            else None
        ),
    )
    try:
        yield somebody
    finally:
        context.close()
    assert somebody.complaints == []
