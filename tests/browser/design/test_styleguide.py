"""Every component in a real browser: nothing found by axe, nothing refused by the policy."""

import pytest

from tests.browser.accessibility import violations
from tests.browser.design.conftest import Visit

PAGES = [
    "/styleguide/",
    "/styleguide/?dir=rtl",
    "/styleguide/portal/",
    "/styleguide/console/",
    "/styleguide/account/",
]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHIFT = """() => new Promise((done) => {
  let sum = 0
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
    .observe({type: "layout-shift", buffered: true})
  setTimeout(() => done(sum), 300)
})"""


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_use_it_and_the_policy_holds(visit: Visit, path: str) -> None:
    page = visit.open(path)
    light = violations(page)
    page.emulate_media(color_scheme="dark")
    dark = violations(page)
    page.set_viewport_size({"width": 320, "height": 700})
    assert (light, dark, violations(page)) == ([], [], [])
    assert page.evaluate(SIDEWAYS) == 0
    assert visit.complaints == []


@pytest.mark.parametrize("path", PAGES[2:])
def test_nothing_moves_while_a_page_arrives(visit: Visit, path: str) -> None:
    assert visit.open(path).evaluate(SHIFT) < 0.01
