"""Links that let somebody in must not stand in the logs: whoever reads those could follow them.

A processor of structlog, imported with the settings: nothing of Django here.
"""

import re
from collections.abc import MutableMapping
from typing import Any

HIDDEN = (
    re.compile(r"(?<=/password/reset/key/)(\w+-)(?!set-password\b)[^/\s'\"?]+"),
    re.compile(r"(?<=/confirm-email)(/)[^/\s'\"?]+"),
    re.compile(r"([?&](?:code|state|token|key)=)[^&\s'\"]+"),
)


def hide_links(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace tokens in every text of a log line."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _hidden(value)
    return event


def _hidden(text: str) -> str:
    for pattern in HIDDEN:
        text = pattern.sub(r"\1...", text)
    return text
