"""Hostile HTML in a real browser: cleaned without any policy, and uncleaned under ours."""

from pathlib import Path

import pytest

from helpdesk.markup.cleaning import clean_html
from helpdesk.markup.elements import TAGS, names
from helpdesk.markup.isolating import SANDBOX, frame_headers
from tests.browser.markup.conftest import HOST, PLAIN, Desk, Headers
from tests.helpdesk.markup.payloads import ALL

HTMX = Path(__file__).parents[3] / "static" / "vendor" / "htmx" / "htmx.min.js"
# As in the settings, without `frame-ancestors`: here each payload has a page, in a frame.
SITE_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-once'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"
)
SITE = {**PLAIN, "Content-Security-Policy": SITE_POLICY}
ATTRIBUTES = names(
    "align alt border colspan dir height href lang rel reversed rowspan scope span src start "
    "target title type valign value width"
)
# What stands in each box, and whether anything got out of one.
_LOOK = """() => ({
  around: [...document.body.children].map((one) => one.localName + one.className),
  title: document.title,
  boxes: [...document.querySelectorAll(".box")].map((box) => {
    const all = [...box.querySelectorAll("*")]
    return {
      tags: all.map((one) => one.localName),
      attributes: all.flatMap((one) => one.getAttributeNames()),
      loose: all.filter((one) => getComputedStyle(one).position !== "static").length,
      schemes: [...box.querySelectorAll("[href]")].map((one) => one.protocol),
      sources: [...box.querySelectorAll("[src]")].map((one) => one.src.slice(0, 11)),
      words: box.textContent + [...box.querySelectorAll("img")].map((one) => one.alt).join(" "),
    }
  }),
})"""


def test_cleaned_payloads_do_nothing_in_a_page_without_any_policy(desk: Desk) -> None:
    boxes = [f'<div class="box">{clean_html(payload).html}</div><hr>' for _, payload in ALL]
    desk.show(_page("".join(boxes), scripts=HTMX.read_text("utf-8")))
    seen = desk.page.evaluate(_LOOK)
    desk.touch()
    assert (desk.scripts, desk.requests) == ([], [])
    assert (seen["title"], seen["around"]) == ("Desk", ["divbox", "hr"] * len(ALL))
    for (name, payload), box in zip(ALL, seen["boxes"], strict=True):
        assert set(box["tags"]) <= TAGS, name
        assert set(box["attributes"]) <= ATTRIBUTES, name
        assert box["loose"] == 0, name
        assert set(box["schemes"]) <= {"http:", "https:", "mailto:", "tel:"}, name
        assert set(box["sources"]) <= {"data:image/"}, name
        assert ("KEEP" in box["words"]) == ("KEEP" in payload), name


def test_the_same_payloads_uncleaned_do_a_great_deal(desk: Desk) -> None:
    """Otherwise the tests around this one would prove nothing."""
    _show_each_in_a_frame(desk, headers=PLAIN, page_headers=PLAIN, scripts=HTMX.read_text("utf-8"))
    assert len(set(desk.scripts)) > 40
    assert len(desk.requests) > 40


@pytest.mark.parametrize("headers", [SITE, frame_headers()], ids=["a page of ours", "a mail frame"])
def test_uncleaned_payloads_run_no_script_under_our_policies(desk: Desk, headers: Headers) -> None:
    _show_each_in_a_frame(desk, headers=headers, page_headers=PLAIN)
    assert desk.scripts == []


def test_uncleaned_payloads_stay_in_their_frame_and_reach_nobody(desk: Desk) -> None:
    _show_each_in_a_frame(
        desk, headers=frame_headers(), page_headers=SITE, sandbox=f' sandbox="{SANDBOX}"'
    )
    assert desk.scripts == []
    assert [url for url in desk.requests if not url.startswith(f"{HOST}/")] == []
    assert desk.page.url == f"{HOST}/page"
    assert desk.page.locator("body > iframe").count() == len(ALL)


def _show_each_in_a_frame(
    desk: Desk, *, headers: Headers, page_headers: Headers, scripts: str = "", sandbox: str = ""
) -> None:
    for number, (_, payload) in enumerate(ALL):
        desk.answers[f"{HOST}/{number}"] = _page(payload, scripts=scripts), headers
    frames = (f'<iframe src="/{number}"{sandbox}></iframe>' for number in range(len(ALL)))
    desk.show(_page("".join(frames)), headers=page_headers)
    desk.page.wait_for_timeout(500)


def _page(mail: str, *, scripts: str = "") -> str:
    script = f"<script>{scripts}</script>" if scripts else ""
    return (
        f"<!doctype html><html><head><title>Desk</title>{script}</head><body>{mail}</body></html>"
    )
