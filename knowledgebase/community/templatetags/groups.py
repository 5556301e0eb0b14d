"""How posts are drawn."""

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from knowledgebase.community.portal.reading import ShownPost

register = Library()


@register.filter
def post_words(shown: ShownPost) -> SafeString:
    """`{{ shown|post_words }}`: what was written, as clean HTML."""
    return mark_safe(shown.html)
