"""Which part of a page a screen asks for, when it asks for one alone."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


def is_for(request: HttpRequest, element: str) -> bool:
    """Whether htmx asks for what goes into the element with this id.

    htmx 4 names the target with its tag before the id: `div#rows`.
    """
    htmx = getattr(request, "htmx", None)
    if not isinstance(htmx, HtmxDetails):
        return False
    return (htmx.target or "").rpartition("#")[2] == element
