"""How the words of an event are drawn."""

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from helpdesk.markup.text import html_of_text

register = Library()


@register.filter
def as_paragraphs(text: str) -> SafeString:
    """`{{ event.description|as_paragraphs }}`: clean HTML with paragraphs and links."""
    return mark_safe(html_of_text(text).html)
