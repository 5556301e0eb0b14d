"""What axe finds on a page, in words."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
RUN = (
    """() => axe.run(document, {resultTypes: ["violations"]}).then((result) => result.violations)"""
)


def violations(page: Page) -> list[str]:
    """Each violation with the rule, its meaning and the first element; empty when there is none."""
    if not page.evaluate("'axe' in window"):
        _bring_axe(page)
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in found]


def _bring_axe(page: Page) -> None:
    """As an inspector does it: the page's policy, which refuses foreign scripts, stays."""
    inspector = page.context.new_cdp_session(page)
    inspector.send("Runtime.evaluate", {"expression": _source()})
    inspector.detach()


@cache
def _source() -> str:
    return AXE.read_text("utf-8")
