"""Pictures in mail."""

import pytest

from helpdesk.markup.cleaning import clean_html

PIXEL = "data:image/png;base64,iVBORw0KGgo="


def _proxied(url: str) -> str:
    return f"/images/{len(url)}"


def test_a_picture_that_came_with_the_mail_is_shown_from_our_address() -> None:
    clean = clean_html('<img src="cid:logo%40acme" alt="Logo">', cid_urls={"logo@acme": "/files/1"})
    assert clean.html == '<img alt="Logo" src="/files/1">'


def test_a_picture_that_did_not_come_leaves_its_words() -> None:
    assert clean_html("<img src=cid:none alt=Logo>").html == (
        '<img alt="Image that is not in this mail: Logo">'
    )


@pytest.mark.parametrize("source", ["https://t.example/p.png", "//t.example/p", "HTTP://t.example"])
def test_a_remote_picture_is_words_until_it_is_asked_for(source: str) -> None:
    clean = clean_html(f'<img src="{source}" alt="Logo">')
    assert clean.html == '<img alt="Remote image from t.example, not loaded: Logo">'
    assert clean.remote_hosts == ("t.example",)


def test_a_remote_picture_that_was_asked_for_comes_through_our_proxy() -> None:
    clean = clean_html("<img src=http://t.example/p.png>", remote_picture_url=_proxied)
    assert clean.html == '<img alt="" src="/images/23">'


def test_an_address_of_ours_that_the_sender_wrote_is_not_followed() -> None:
    html = '<img src="/files/2" alt="x"><img src="cid:a" alt="y">'
    assert clean_html(html, cid_urls={"a": "/files/1"}).html == (
        '<img alt="x"><img alt="y" src="/files/1">'
    )


def test_pixels_that_report_reading_are_never_loaded() -> None:
    html = '<img src="https://t.example/o.gif" width="1" height="1">'
    assert clean_html(html, remote_picture_url=_proxied).html == ""


def test_pictures_inside_the_text_stay_when_they_hold_no_script() -> None:
    assert clean_html(f'<img src="{PIXEL}">').html == f'<img alt="" src="{PIXEL}">'
    assert clean_html('<img src="data:image/svg+xml;base64,iVBO" alt="x">').html == '<img alt="x">'


def test_a_picture_without_source_and_words_is_left_out() -> None:
    assert clean_html('a<img src="/x">b').html == "ab"
