"""How the words of a thread are drawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from cases.thread.models import Message
from helpdesk.markup.text import html_of_text

register = Library()
Value = TypeVar("Value")


@register.filter
def message_body(message: Message) -> SafeString:
    """The text of a message as safe HTML: escaped, with paragraphs and links."""
    return mark_safe(html_of_text(message.text).html)


@register.filter
def quoted_body(message: Message) -> SafeString:
    """What a mail quoted, drawn the same way."""
    return mark_safe(html_of_text(message.quoted_text).html)


@register.filter
def of(table: Mapping[int, Value], key: int) -> Value | None:
    """`{{ deliveries|of:message.pk }}`: what a table holds for a key, or nothing."""
    return table.get(key)


@register.filter
def in_zone(at: datetime, zone: str) -> str:
    """`{{ line.start|in_zone:receipt.zone }}`: "Tue 24 Nov 2026, 09:00:00" on that zone's clock."""
    return f"{at.astimezone(ZoneInfo(zone)):%a %-d %b %Y, %H:%M:%S}"
