"""The tags and filters of the design language, each shown in `templates/components/README.md`."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template import Context, Library, Node
from django.template.base import FilterExpression, Parser, Token
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from helpdesk.design import icons, marks, words
from helpdesk.design.components import (
    engine_template,
    flat_attributes,
    parse_argument_list,
    parse_arguments,
    parse_component,
    parse_slot,
)
from helpdesk.design.fields import field_of
from helpdesk.design.keeping import parse_kept

register = Library()
register.tag("component", parse_component)
register.tag("slot", parse_slot)
register.tag("arguments", parse_argument_list)
register.tag("kept", parse_kept)


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """`{% icon "lock" %}` beside a word, `{% icon "lock" label="Internal" %}` alone."""
    return icons.icon(name, label=label, size=size)


@register.simple_tag
def when(at: datetime | None, zone: bool = False, otherwise: str = "") -> SafeString:
    """`<time>`: "today 14:20" for the reader; its title is the exact time, there and at the desk.

    `zone=True` writes the city beside it: "today 14:20 (Auckland)". `otherwise` stands for no time.
    """
    if at is None:
        return format_html("{}", otherwise)
    readers, desks = timezone.get_current_timezone(), ZoneInfo(settings.DESK_TIME_ZONE)
    titles = [words.exact_words(at, zone=readers)]
    if at.astimezone(readers).utcoffset() != at.astimezone(desks).utcoffset():
        titles.append(words.exact_words(at, zone=desks))
    text = words.when_words(at, now=timezone.now(), zone=readers)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.astimezone(readers).isoformat(timespec="seconds"),
        " · ".join(titles),
        f"{text} ({words.zone_city(readers)})" if zone else text,
    )


@register.filter
def duration(seconds: float) -> str:
    """`{{ seconds|duration }}`: "1 h 20 min"."""
    return words.length_words(seconds)


@register.filter
def number(amount: float) -> str:
    """`{{ 12345|number }}`: "12,345"."""
    return number_format(amount, use_l10n=True, force_grouping=True)


@register.filter
def at_most(amount: int, limit: int) -> str:
    """`{{ count|at_most:1000 }}`: "1,000+" from the limit on: a count that stopped says so."""
    return f"{number(limit)}+" if amount >= limit else number(amount)


@register.filter(name="words")
def split_words(text: str) -> list[str]:
    """`{% for word in "a b c"|words %}`: a list written as words."""
    return text.split()


@register.filter
def initials(name: str) -> str:
    """`{{ person.full_name|initials }}`: "AL" for Ada Lovelace; one letter for one word."""
    letters = [part[0] for part in name.split() if part[0].isalnum()]
    return "".join(letters[:1] + letters[1:][-1:]).upper() or "?"


@register.filter
def tint(name: str) -> int:
    """A number from 1 to 6 that stays with the name: the colour of a person's mark."""
    return sum(ord(letter) for letter in name) % 6 + 1


@register.filter
def percent(share: float) -> int:
    """`{{ 0.636|percent }}`: 64, never below 0 nor above 100."""
    return round(min(max(share, 0.0), 1.0) * 100)


@register.filter
def used(share: float) -> int:
    """`{{ 0.636|used }}`: 65, the arc of a ring in steps of a twentieth."""
    return 5 * round(min(max(share, 0.0), 1.0) * 20)


@register.filter
def state_name(value: str) -> str:
    """`{{ case.state|state_name }}`: what a state is called where the page says nothing else."""
    return str(marks.STATES.get(value, value))


@register.filter
def priority_name(value: str) -> str:
    """`{{ case.priority|priority_name }}`: "Critical"."""
    return str(marks.PRIORITIES.get(value, value))


@register.tag
def field(parser: Parser, token: Token) -> "FieldNode":
    """`{% field form.subject help="…" kind="cards" notes=notes data-keeps="1" %}`."""
    tag, bound, *bits = token.split_contents()
    return FieldNode(parser.compile_filter(bound), given=parse_arguments(parser, bits, of=tag))


class FieldNode(Node):
    """Draws a form's field through `components/field.html`."""

    def __init__(self, bound: FilterExpression, *, given: dict[str, FilterExpression]) -> None:
        self.bound = bound
        self.given = given

    def render(self, context: Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.given.items()}
        attributes = {name: values.pop(name) for name in list(values) if _is_attribute(name)}
        drawn = field_of(self.bound.resolve(context), attributes=attributes, **values)
        template = engine_template(context, "components/field.html")
        rendered: str = template.render(context.new({"field": drawn}))
        return SafeString(rendered.strip())


CONTROL_ATTRIBUTES = frozenset(
    {
        "accept",
        "autocomplete",
        "autofocus",
        "dir",
        "inputmode",
        "maxlength",
        "placeholder",
        "rows",
        "spellcheck",
    }
)


def _is_attribute(name: str) -> bool:
    return "-" in name or name in CONTROL_ATTRIBUTES


@register.simple_tag
def classes(name: str, *modifiers: str) -> str:
    """`{% classes "button" kind size %}`: "button button--primary"; what is empty is left out."""
    return " ".join([name, *(f"{name}--{modifier}" for modifier in modifiers if modifier)])


@register.tag
def attributes(parser: Parser, token: Token) -> "AttributesNode":
    """`{% attributes href=url aria-current=here %}`: HTML attributes; what is empty is left out."""
    tag, *bits = token.split_contents()
    return AttributesNode(parse_arguments(parser, bits, of=tag))


class AttributesNode(Node):
    """Writes attributes, escaped: True stands bare; False, None and "" not at all."""

    def __init__(self, given: dict[str, FilterExpression]) -> None:
        self.given = given

    def render(self, context: Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.given.items()}
        return flat_attributes({name: value for name, value in values.items() if value != ""})
