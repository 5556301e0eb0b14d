"""The document of a frame."""

from helpdesk.markup.cleaning import CleanHtml, clean_html
from helpdesk.markup.isolating import CUT, SANDBOX, frame_document, frame_headers


def test_the_frame_escapes_everything_but_what_was_cleaned() -> None:
    document = frame_document(
        clean_html("<p>a</p>"), title='"><script>', stylesheet='/s"x', root={"data-theme": '"'}
    )
    assert "<p>a</p>" in document
    assert "<script>" not in document
    assert 'href="/s&quot;x"' in document
    assert '<html lang="en" data-theme="&quot;">' in document


def test_what_was_cut_says_so_in_the_frame() -> None:
    assert CUT in frame_document(CleanHtml("a", is_cut=True), title="t", stylesheet="/s")


def test_the_frame_may_load_our_pictures_and_styles_and_nothing_runs() -> None:
    assert frame_headers(image_sources=["https://files.example"])["Content-Security-Policy"] == (
        "default-src 'none'; img-src 'self' data: https://files.example; style-src 'self'; "
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
        f"sandbox {SANDBOX}"
    )


def test_the_sandbox_never_allows_scripts_forms_or_leaving_the_page() -> None:
    assert set(SANDBOX.split()) == {
        "allow-same-origin",
        "allow-popups",
        "allow-popups-to-escape-sandbox",
    }
