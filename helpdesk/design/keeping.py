"""Parts of a page that are drawn once: `{% kept name=user.name %}…{% endkept %}`.

Most of a page says the same to one reader after the other, or to one reader on page after page.
What stands in `kept` sees the named values and nothing else of the page, so what it says depends
on them alone; it is remembered by them, and by the reader's language, zone and day. Its forms may
hold `{% csrf_token %}`: a mark is remembered in the place of the token, and each reader gets his
own.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from hashlib import blake2b
from threading import Lock
from typing import Any, TypeGuard

from cachetools import LRUCache
from django.forms import Form
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# In a process, whatever the number of parts.
MOST_CHARACTERS = 12_000_000
LONGEST_KEPT = 200_000
LONG_TEXT = 100
PLAIN = (str, int, float, type(None), datetime, Promise)
# Nobody can write it into a case: it is drawn by lot when the process starts.
TOKEN_MARK = secrets.token_hex(32)
# A value with the types of all that it is made of.
Key = tuple[Any, ...]

_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")
_kept: LRUCache[Key, str] = LRUCache(MOST_CHARACTERS, getsizeof=len)
_turn = Lock()


class KeptNode(Node):
    """Draws its part with the named values alone, once for each set of them."""

    def __init__(self, given: Mapping[str, FilterExpression], *, nodelist: NodeList) -> None:
        self.given = given
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.given.items()}
        # The node itself stands in the key: while anything of it is remembered, it is this one.
        key = (self, *map(key_of, values.values()), _reader())
        with _turn:
            drawn = _kept.get(key)
        if drawn is None:
            drawn = self._drawn(context, values)
            self._remember(key, drawn, context)
        # To ask for the token is to set a cookie.
        if TOKEN_MARK in drawn:
            drawn = drawn.replace(TOKEN_MARK, str(context.get("csrf_token", "")))
        return SafeString(drawn)

    def _drawn(self, context: Context, values: Mapping[str, Any]) -> str:
        alone = context.new({**values, "csrf_token": TOKEN_MARK})
        return squeezed(self.nodelist.render(alone).strip())

    @staticmethod
    def _remember(key: Key, drawn: str, context: Context) -> None:
        # While developing, nodes live no longer than a request.
        is_lasting = context.template is not None and not context.template.engine.debug
        if is_lasting and len(drawn) <= LONGEST_KEPT:
            with _turn:
                _kept[key] = drawn


def parse_kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept number=case.number %}`: each bit names a value that the part may use."""
    tag, *bits = token.split_contents()
    given: dict[str, FilterExpression] = {}
    for bit in bits:
        name, equals, value = bit.partition("=")
        if not equals or not name.isidentifier():
            raise TemplateSyntaxError(f"{tag}: {bit} is not name=value")
        given[name] = parser.compile_filter(value)
    nodelist = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return KeptNode(given, nodelist=nodelist)


def squeezed(html: str) -> str:
    """Without the indentation and the empty lines of the templates, except in preformatted text.

    A line break between two tags stays: in the flow of a text it is a space.
    """
    return html if "<pre" in html else _BETWEEN_TAGS.sub(">\n<", html)


def key_of(value: object) -> Key:
    """What tells a value from each other one that is written in another way.

    1, True and "1", or a text and the same text marked as safe, are equal in places and written
    differently. Of a long text the digest. A form with nothing in it is its class and its first
    values. Raises `TypeError` for what says more than it shows: a row, a form that was filled in.
    """
    if isinstance(value, str):
        is_long = len(value) > LONG_TEXT
        return (type(value), _digest(value) if is_long else str(value))
    if isinstance(value, PLAIN):
        return (type(value), value)
    if isinstance(value, tuple | list):
        return tuple(map(key_of, value))
    if isinstance(value, Mapping):
        return tuple((name, key_of(one)) for name, one in value.items())
    if _is_blank(value):
        return (type(value), key_of(value.initial))
    if is_dataclass(value):
        parts = (getattr(value, field.name) for field in fields(value))
        return (type(value), *map(key_of, parts))
    raise TypeError(f"{type(value).__name__} cannot be remembered: give what is shown of it")


def _is_blank(value: object) -> TypeGuard[Form]:
    # A form that builds itself may depend on more.
    return isinstance(value, Form) and not value.is_bound and type(value).__init__ is Form.__init__


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _reader() -> Key:
    """On what the words depend beside the values: language, zone and day of who reads."""
    return (get_language(), timezone.get_current_timezone(), timezone.localdate())
