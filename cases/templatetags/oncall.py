"""Words of the calls for a critical case."""

from django.template import Library

from cases.oncall.models import Sending
from cases.oncall.reading import fate_of

register = Library()


@register.filter
def fate(sending: Sending) -> str:
    """`{{ sending|fate }}`: "Accepted", "Delivered", "Waits"."""
    return fate_of(sending)
