"""A page on which nothing runs and nothing is fetched: for mails shown to our own people."""

from django.http import HttpResponse

# Only inline styles count; the sandbox has no scripts, no forms and an origin of its own.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


def isolated_page(html: str) -> HttpResponse:
    """Return a page that shows `html`, whoever wrote it."""
    return HttpResponse(
        html, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    )
