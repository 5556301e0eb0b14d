"""How the words of a thread are drawn."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.template import Library
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from helpdesk.markup.text import html_of_text

register = Library()
Value = TypeVar("Value")
MOST_KEPT = 2_000


@register.filter
@lru_cache(maxsize=MOST_KEPT)
def console_page(number: int) -> str:
    """`{{ case.number|console_page }}`: its address; kept, as a list has thirty of them."""
    return reverse("console:case", args=[number])


@register.filter
def plain_body(text: str) -> SafeString:
    """Any text that somebody typed as safe HTML: escaped, with paragraphs and links."""
    return mark_safe(html_of_text(text).html) if text.strip() else mark_safe("")


@register.filter
def of(table: Mapping[int, Value], key: int) -> Value | None:
    """`{{ deliveries|of:message.pk }}`: what a table holds for a key, or nothing."""
    return table.get(key)


@register.filter
def in_zone(at: datetime, zone: str) -> str:
    """`{{ line.start|in_zone:receipt.zone }}`: "Tue 24 Nov 2026, 09:00:00" on that zone's clock."""
    return f"{at.astimezone(ZoneInfo(zone)):%a %-d %b %Y, %H:%M:%S}"
