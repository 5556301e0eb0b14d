"""How the words of a thread are drawn."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.template import Library
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from cases.thread.models import Message
from helpdesk.markup.text import html_of_text

register = Library()
Value = TypeVar("Value")
# What was said does not change, and a case is read many times.
MOST_KEPT, LONGEST_KEPT = 2_000, 4_000


@register.filter
def message_body(message: Message) -> SafeString:
    """The text of a message as safe HTML: escaped, with paragraphs and links."""
    return _drawn(message.text)


@register.filter
def quoted_body(message: Message) -> SafeString:
    """What a mail quoted, drawn the same way."""
    return _drawn(message.quoted_text)


@register.filter
@lru_cache(maxsize=MOST_KEPT)
def console_page(number: int) -> str:
    """`{{ case.number|console_page }}`: its address; kept, as a list has thirty of them."""
    return reverse("console:case", args=[number])


@register.filter
def plain_body(text: str) -> SafeString:
    """Any text that somebody typed, drawn the same way; nothing for none."""
    return mark_safe(html_of_text(text).html) if text.strip() else mark_safe("")


@register.filter
def of(table: Mapping[int, Value], key: int) -> Value | None:
    """`{{ deliveries|of:message.pk }}`: what a table holds for a key, or nothing."""
    return table.get(key)


@register.filter
def in_zone(at: datetime, zone: str) -> str:
    """`{{ line.start|in_zone:receipt.zone }}`: "Tue 24 Nov 2026, 09:00:00" on that zone's clock."""
    return f"{at.astimezone(ZoneInfo(zone)):%a %-d %b %Y, %H:%M:%S}"


def _drawn(text: str) -> SafeString:
    return _kept(text) if len(text) <= LONGEST_KEPT else _clean(text)


@lru_cache(maxsize=MOST_KEPT)
def _kept(text: str) -> SafeString:
    return _clean(text)


def _clean(text: str) -> SafeString:
    return mark_safe(html_of_text(text).html)
