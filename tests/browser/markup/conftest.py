"""A real Chromium with one invented host, where each script that runs and each request counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route

HOST = "http://desk.test"
# Whatever a payload calls to show that it ran is counted, in frames too.
_COUNTING = """
  for (const name of ["alert", "confirm", "prompt", "print", "msgbox"]) {
    window[name] = (word) => { if (word !== undefined) ran(String(word)) }
  }
"""
# What a reader does to a mail: point at it, press, focus.
_TOUCHING = """() => {
  const ways = ["pointerenter", "pointerover", "mouseover", "mouseenter", "focus", "click"]
  for (const one of document.querySelectorAll("body *")) {
    if (one.matches("a[target=_blank]")) one.addEventListener("click", (e) => e.preventDefault())
    for (const way of ways) {
      one.dispatchEvent(new MouseEvent(way, {bubbles: true, cancelable: true}))
    }
    one.focus?.()
  }
  return new Promise((done) => setTimeout(done, 200))
}"""

Headers = Mapping[str, str]
PLAIN: Headers = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class Desk:
    """The invented host: what it serves, and what happened in the browser.

    `scripts` holds the address of the document in which each script ran, `requests` every
    address that was asked for and is none of `answers`.
    """

    page: Page
    answers: dict[str, tuple[str, Headers]] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def show(self, html: str, *, headers: Headers = PLAIN) -> None:
        """Load `html` as a page of the host."""
        self.answers[f"{HOST}/page"] = html, headers
        self.page.goto(f"{HOST}/page", wait_until="load")

    def touch(self) -> None:
        self.page.evaluate(_TOUCHING)

    def answer(self, route: Route) -> None:
        if route.request.url in self.answers:
            body, headers = self.answers[route.request.url]
            route.fulfill(body=body.encode("utf-8", "replace"), headers=dict(headers))
        else:
            self.requests.append(route.request.url)
            route.abort()

    def ran(self, source: dict[str, Any], word: str) -> None:
        self.scripts.append(source["frame"].url)

    def dismiss(self, dialog: Dialog) -> None:
        self.scripts.append(dialog.type)
        dialog.dismiss()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    context = browser.new_context(service_workers="block")
    context.set_default_timeout(120_000)
    desk = Desk(context.new_page())
    context.expose_binding("ran", desk.ran)
    context.add_init_script(_COUNTING)
    context.route("**/*", desk.answer)
    desk.page.on("dialog", desk.dismiss)
    yield desk
    context.close()
