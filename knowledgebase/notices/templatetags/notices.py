"""What pages show of notices."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template import Context, Library
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from helpdesk.design.words import length_words
from knowledgebase.notices.concerning import notices_for
from knowledgebase.notices.lifecycle import Impact
from knowledgebase.notices.snapshot import Said, Shown

register = Library()


@register.simple_tag(takes_context=True)
def concerning_notices(context: Context) -> list[Shown]:
    """`{% concerning_notices as notices %}`: what concerns the reader now, the worst first."""
    request: Any = context.get("request")
    person = getattr(request, "user", None) or AnonymousUser()
    return notices_for(person, now=timezone.now())


@register.filter
def said_words(said: Said) -> SafeString:
    """`{{ update|said_words }}`: what was said, as clean HTML."""
    return mark_safe(said.html)


@register.filter
def impact_tone(impact: Impact) -> str:
    """`{{ row.now|impact_tone }}`: the tone of a badge."""
    if impact == Impact.NONE:
        return "eucalypt"
    return "wattle" if impact == Impact.DEGRADED else "waratah"


@register.filter
def impact_words(impact: Impact) -> str:
    """`{{ row.now|impact_words }}`: "Works", or what is wrong."""
    return "Works" if impact == Impact.NONE else str(impact.label)


@register.filter
def notice_icon(notice: Shown) -> str:
    """`{{ notice|notice_icon }}`: the sign of its kind."""
    signs = {"maintenance": "calendar-clock", "hours": "clock", "defect": "bug"}
    return signs.get(notice.kind, "triangle-alert")


@register.filter
def how_many_more(things: list[Shown], shown: int) -> int:
    """`{{ notices|how_many_more:3 }}`: how many are left when so many are shown."""
    return max(len(things) - shown, 0)


@register.filter
def minutes_long(minutes: int) -> str:
    """`{{ day.minutes|minutes_long }}`: "1 h 20 min"."""
    return length_words(minutes * 60)
