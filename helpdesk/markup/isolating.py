"""How a mail's HTML is shown: as a document of its own, in a frame where nothing can run.

Decision 0031 gives the reasons. The frame may be measured from outside, so it grows with its
content; it may open links in new tabs; scripts, forms and navigation of our page it may not.
"""

import html as entities
from collections.abc import Mapping, Sequence

from helpdesk.markup.cleaning import CleanHtml

# The same words stand in the frame's element and in its answer: each holds without the other.
SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
CUT = "The rest is too long to be shown here. The original is kept."


def frame_document(
    clean: CleanHtml, *, title: str, stylesheet: str, root: Mapping[str, str] | None = None
) -> str:
    """Return the whole document of a frame that shows `clean`.

    `stylesheet` is the address of our stylesheet; `root` holds attributes of `<html>` that choose
    theme and density (`data-theme`: "dark"; without it the reader's system decides). Everything
    but `clean` is escaped here.
    """
    attributes = "".join(
        f' {name}="{entities.escape(value)}"' for name, value in (root or {}).items() if value
    )
    return (
        f'<!doctype html>\n<html lang="en"{attributes}>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{entities.escape(title)}</title>\n"
        '<meta name="color-scheme" content="light dark">\n'
        f'<link rel="stylesheet" href="{entities.escape(stylesheet)}">\n</head>\n'
        f'<body class="mail-frame-body prose" dir="auto">\n{clean.html}\n'
        f"{f'<p><small>{CUT}</small></p>' if clean.is_cut else ''}</body>\n</html>\n"
    )


def frame_headers(*, image_sources: Sequence[str] = ()) -> dict[str, str]:
    """Return the headers of that document; `image_sources` are further hosts of our own files."""
    images = " ".join(["'self'", "data:", *image_sources])
    policy = (
        "default-src 'none'",
        f"img-src {images}",
        "style-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        f"sandbox {SANDBOX}",
    )
    return {
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "; ".join(policy),
        "Content-Type": "text/html; charset=utf-8",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
    }
