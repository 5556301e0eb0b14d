"""What scripts add, by mouse and by keyboard; and the same pages without scripts."""

import re

from playwright.sync_api import Browser, FilePayload, expect

from tests.browser.design.conftest import Visit

LOG: FilePayload = {"name": "log.txt", "mimeType": "text/plain", "buffer": b"x" * 2048}
OPTIONS = (
    '<li role="option" data-value="7" data-text="Carla Reyes">Carla Reyes <small>Acme</small></li>'
    '<li role="option" data-value="8" data-text="Cem Arslan">Cem Arslan</li>'
)


def test_the_theme_is_chosen_at_once_and_stays(visit: Visit) -> None:
    page = visit.open("/styleguide/")
    page.get_by_role("button", name="Colours").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_theme_is_chosen_without_script(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/styleguide/account/")
    page.get_by_role("button", name="Colours").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page).to_have_url(f"{address}/styleguide/account/")


def test_arrow_keys_go_through_a_menu(visit: Visit) -> None:
    page = visit.open("/styleguide/")
    page.get_by_role("button", name="More", exact=True).first.press("Enter")
    expect(page.get_by_role("button", name="Assign")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("button", name="Mark as spam")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#specimen-menu")).to_be_hidden()


def test_a_dialog_opens_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit.open("/styleguide/")
    page.get_by_role("button", name="A dialog").click()
    expect(page.get_by_role("dialog", name="Close this case?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="A dialog")).to_be_focused()


def test_the_palette_finds_a_place_and_goes_there(visit: Visit) -> None:
    page = visit.open("/styleguide/")
    page.keyboard.press("Control+k")
    page.keyboard.type("console")
    expect(page.locator("#palette").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/styleguide/console/$"))


def test_the_sheet_shows_the_keys_of_the_page(visit: Visit) -> None:
    page = visit.open("/styleguide/console/")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys on this page")
    expect(sheet.get_by_text("Next case in the list")).to_be_visible()
    expect(sheet.get_by_text("Ctrl K")).to_be_visible()


def test_j_and_k_go_through_the_list(visit: Visit) -> None:
    page = visit.open("/styleguide/console/")
    rows = page.locator("[data-row]")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()


def test_a_combobox_takes_what_the_server_suggests(visit: Visit) -> None:
    visit.context.route("**/styleguide/options/**", lambda route: route.fulfill(body=OPTIONS))
    page = visit.open("/styleguide/")
    field = page.get_by_role("combobox", name="Client")
    field.press_sequentially("ar")
    expect(page.locator(".combobox").get_by_role("option")).to_have_count(2)
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Carla Reyes")
    expect(page.locator("input[name=client_id]")).to_have_value("7")


def test_a_combobox_says_when_suggestions_do_not_come(visit: Visit) -> None:
    visit.context.route("**/styleguide/options/**", lambda route: route.abort())
    page = visit.open("/styleguide/")
    page.get_by_role("combobox", name="Client").press_sequentially("ar")
    expect(page.locator(".combobox__state")).to_have_text(
        "The suggestions did not arrive. You can type the whole word."
    )


def test_chosen_files_are_listed_and_can_be_taken_back(visit: Visit) -> None:
    page = visit.open("/styleguide/")
    files = page.locator("input[type=file]").first
    files.set_input_files([LOG])
    line = page.locator(".file-drop__file").first
    expect(line).to_contain_text("log.txt")
    expect(line).to_contain_text("2 kB")
    page.get_by_role("button", name="Remove: log.txt").click()
    expect(line).to_have_count(0)
    assert files.evaluate("(input) => input.files.length") == 0


def test_an_internal_note_changes_the_composers_colour_and_words(visit: Visit) -> None:
    page = visit.open("/styleguide/console/")
    composer = page.locator(".composer")
    public = composer.evaluate("(box) => getComputedStyle(box).backgroundColor")
    page.get_by_role("radio", name="Internal note").check(force=True)
    internal = composer.evaluate("(box) => getComputedStyle(box).backgroundColor")
    assert (public, internal) == ("rgb(255, 255, 255)", "rgb(255, 244, 214)")
    expect(composer.get_by_text("internal: only our team reads this")).to_be_visible()


def test_what_is_typed_survives_a_reload_until_it_is_sent(visit: Visit) -> None:
    page = visit.open("/styleguide/portal/")
    page.locator("form.composer textarea").fill("Half an answer")
    page.reload(wait_until="networkidle")
    expect(page.locator("form.composer textarea")).to_have_value("Half an answer")
    page.evaluate("document.dispatchEvent(new CustomEvent('sent', {detail: 'specimen'}))")
    page.reload(wait_until="networkidle")
    expect(page.locator("form.composer textarea")).to_have_value("")


def test_a_failed_request_is_told_in_words(visit: Visit) -> None:
    page = visit.open("/styleguide/")
    page.evaluate("htmx.ajax('GET', '/nothing-here/', {target: '#ground', swap: 'innerHTML'})")
    expect(page.locator(".toasts .toast--failure")).to_contain_text("no longer there")
    expect(page.locator("#ground")).to_have_text("Colour, type, time")
