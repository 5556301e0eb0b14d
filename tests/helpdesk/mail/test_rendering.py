"""Words filled, escaped for their place, in the look of the Help Center (security.md T21)."""

import pytest

from helpdesk.mail.models import MailTemplate
from helpdesk.mail.rendering import render, render_wording
from helpdesk.mail.wording import Wording, shipped_kinds, unknown_names, wording_of

pytestmark = pytest.mark.django_db

TEXT = """Case {{ number }}
{{ next }}

Hello {{ name }},

{{ words }}

{{ empty }}

See the case: {{ case_url }}

--
You get this because {{ why }}.
"""
VALUES = {
    "number": "00000042",
    "next": "We answer today.",
    "name": "Eve <eve@evil.example>",
    "words": "one\ntwo <script>alert(1)</script>",
    "case_url": "https://desk.example/cases/42/",
    "why": "you wrote",
}


def rendered(text: str = TEXT, html: str = "", **values: str) -> tuple[str, str]:
    mail = render_wording(Wording("[{{ number }}] Hi", text, html), VALUES | values)
    return mail.text, mail.html


def test_the_text_reads_well_without_html() -> None:
    text, _ = rendered()
    assert text == (
        "Case 00000042\nWe answer today.\n\nHello Eve <eve@evil.example>,\n\n"
        "one\ntwo <script>alert(1)</script>\n\n"
        "See the case: https://desk.example/cases/42/\n\n--\nYou get this because you wrote.\n"
    )


def test_the_html_has_number_next_step_button_and_foot_in_their_places() -> None:
    _, html = rendered()
    assert ">Case 00000042</p>" in html
    assert ">We answer today.</p>" in html
    assert 'href="https://desk.example/cases/42/"' in html
    assert ">See the case</a>" in html
    assert "You get this because you wrote." in html.partition("mail__foot")[2].partition("}")[2]


def test_every_value_is_escaped_in_html() -> None:
    _, html = rendered()
    assert "two &lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Eve &lt;eve@evil.example&gt;" in html
    assert "<script" not in html


def test_the_look_stands_on_the_elements_and_dark_mode_in_the_head() -> None:
    _, html = rendered()
    assert 'class="mail__number" style="' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert "http" not in html.replace("https://desk.example/cases/42/", "")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", ""]
)
def test_only_an_address_of_the_web_becomes_a_button(address: str) -> None:
    _, html = rendered(case_url=address)
    assert "See the case</a>" not in html


def test_no_value_can_make_itself_a_button_or_a_foot() -> None:
    _, html = rendered(words="Pay now: https://evil.example/\n\n--\nfoot")
    assert ">Pay now</a>" not in html
    assert html.count('mail__foot" style') == 1


def test_html_of_an_administrator_is_filled_and_cleaned() -> None:
    _, html = rendered(html='<p onclick="x()">{{ words }}</p><script>bad()</script><form></form>')
    assert "one<br>\ntwo &lt;script&gt;" in html
    assert "onclick" not in html
    assert "bad()" not in html
    assert "<form" not in html


def test_every_shipped_kind_is_whole_and_fills_all_that_it_names() -> None:
    kinds = shipped_kinds()
    assert kinds
    for kind in kinds:
        mail = render(kind.name, kind.examples)
        assert (kind.title, mail.subject, "{{" in mail.text + mail.html) != ("", "", True)
        assert unknown_names(kind.name, kind.wording) == set()
        assert "<style>" in mail.html


def test_an_edited_template_replaces_the_shipped_one_in_its_language_alone() -> None:
    kind = shipped_kinds()[0].name
    MailTemplate.objects.create(kind=kind, language="de", subject="Hallo", text="Fall\nBald.")
    assert render(kind, {}, language="de").subject == "Hallo"
    assert render(kind, {}, language="de-CH").subject == "Hallo"
    assert wording_of(kind, language="fr") == shipped_kinds()[0].wording


def test_a_kind_without_words_is_an_error() -> None:
    with pytest.raises(LookupError, match="no mail template called nothing_like_it"):
        render("nothing_like_it", {})


def test_a_template_cannot_reach_anything_but_its_values() -> None:
    text, html = rendered("{{ settings.SECRET_KEY }}\n{% include 'x' %}\n\n{{ unknown }}x")
    assert "{{ settings.SECRET_KEY }}" in text
    assert "{% include" in text
    assert "SECRET_KEY" in html
