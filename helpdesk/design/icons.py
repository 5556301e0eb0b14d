"""Icons from the one sprite (`static/vendor/lucide/sprite.svg`; names in `icons.txt` beside it)."""

from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SPRITE = "vendor/lucide/sprite.svg"
# Icons that point along the line of reading are turned round where that line runs right to left.
POINTING = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "corner-up-left",
        "list",
        "log-in",
        "log-out",
        "message-square-reply",
        "panel-left",
        "panel-right",
        "reply",
        "rotate-ccw",
        "send",
        "undo-2",
    }
)


class UnknownIcon(LookupError):
    """The sprite has no icon of this name."""


@lru_cache(maxsize=1000)
def icon(name: str, *, label: str = "", size: str = "") -> SafeString:
    """The icon as SVG: hidden from assistive technology, or an image named `label`.

    `size` is "" (as tall as the line of text beside it), "small" or "large".
    Raises `UnknownIcon` for a name that the sprite has not.
    """
    if name not in icon_names():
        raise UnknownIcon(f'no icon "{name}": add it to static/vendor/lucide/icons.txt')
    classes = "icon"
    classes += f" icon--{size}" if size else ""
    classes += " icon--points" if name in POINTING else ""
    if label:
        meaning = format_html('role="img" aria-label="{}"', label)
    else:
        meaning = mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="{}" width="20" height="20" {}><use href="{}#{}"/></svg>',
        classes,
        meaning,
        static(SPRITE),
        name,
    )


@cache
def icon_names() -> frozenset[str]:
    """The names in the sprite."""
    listed = Path(settings.BASE_DIR) / "static" / "vendor" / "lucide" / "icons.txt"
    lines = (line.split("#")[0].strip() for line in listed.read_text("utf-8").splitlines())
    return frozenset(line for line in lines if line)
