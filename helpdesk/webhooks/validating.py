"""What an endpoint may be told to be."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from helpdesk.fetching.refusing import FetchRefused
from helpdesk.fetching.targets import target_of
from helpdesk.webhooks.world import ports

_PATTERN = re.compile(r"\*|[a-z_]+\.(\*|[a-z_]+)")


def validate_url(url: str) -> None:
    """Raise ValidationError for an address that nothing could be posted to."""
    try:
        target_of(url, ports=ports())
    except FetchRefused as refusal:
        raise ValidationError(str(refusal)) from refusal


def validate_patterns(patterns: Iterable[str]) -> None:
    """Raise ValidationError for what names no kind of news: `case.opened`, `case.*`, `*` do."""
    wrong = [f"“{pattern}”" for pattern in patterns if not _PATTERN.fullmatch(pattern)]
    if wrong:
        raise ValidationError(f"Write {', '.join(wrong)} like case.opened, case.* or *.")
