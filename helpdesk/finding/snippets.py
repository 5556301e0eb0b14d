"""Pieces of text with the matching words marked."""

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

# Characters that no text of ours holds (`helpdesk.markup.characters` removes them at the border).
MARK_BEGINS, MARK_ENDS = "\x02", "\x03"


def shown(snippet: str) -> SafeString:
    """Return `snippet` as HTML: everything escaped, each marked word in a `<mark>`."""
    escaped = conditional_escape(snippet)
    return mark_safe(escaped.replace(MARK_BEGINS, "<mark>").replace(MARK_ENDS, "</mark>"))
