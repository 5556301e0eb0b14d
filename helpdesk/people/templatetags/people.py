"""What the pages about accounts need beyond the design language."""

import json
from collections.abc import Sized
from typing import Any

from django.template import Library

register = Library()

# The first that is found: most browsers call themselves by the names of others too.
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def as_json(value: Any) -> str:
    """`data-options="{{ options|as_json }}"`: escaped like any other text."""
    return json.dumps(value)


@register.filter
def how_many(things: Sized) -> int:
    """`{{ sessions|how_many }}`: `length`, a name that the design language has for times."""
    return len(things)


@register.filter
def in_fours(code: str) -> str:
    """`{{ secret|in_fours }}`: "ABCD EFGH", easier to type."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


@register.filter
def browser_words(user_agent: str) -> str:
    """`{{ session.user_agent|browser_words }}`: "Firefox on Linux"."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "A program")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
