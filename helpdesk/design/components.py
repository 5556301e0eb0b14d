"""Template components with slots: `{% component "name" argument=value %}…{% endcomponent %}`.

In the manner of django-allauth's `{% element %}`, with two things more: a component lists what it
takes (`{% arguments %}`), so a misspelt argument is an error and not a silence; and an argument
with a hyphen in its name (`hx-post`, `data-hotkey`) is an HTML attribute for the component's root.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.template import Context, Engine, Node, NodeList, Template, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from helpdesk.design.keeping import squeezed

PASSED = "_passed"
SLOTS = "_slots"
# Drawings that are remembered, each of at most so many characters of body and slots.
MOST_KEPT = 4000
LONGEST_KEPT = 8_000
PLAIN = (str, int, float, bool, type(None), datetime, Promise)
# The arguments by name, each with its type.
Given = tuple[tuple[str, type, Any], ...]
# htmx would evaluate the value of these; the content security policy forbids it, so do we.
FORBIDDEN_ATTRIBUTES = ("hx-on",)


class ComponentNode(Node):
    """Renders `components/<name>.html` with its arguments, body and slots, and nothing else."""

    def __init__(
        self, name: str, *, given: Mapping[str, FilterExpression], nodelist: NodeList
    ) -> None:
        self.name = name
        self.given = given
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        slots: dict[str, SafeString] = {}
        with context.push(**{SLOTS: slots}):
            body = self.nodelist.render(context).strip()
        values = {name: value.resolve(context) for name, value in self.given.items()}
        arguments = {name: value for name, value in values.items() if "-" not in name}
        attrs = flat_attributes({name: value for name, value in values.items() if "-" in name})
        template = engine_template(context, f"components/{self.name}.html")
        if _is_pure(template) and _are_plain(arguments) and _is_short(body, slots):
            # "a" and SafeString("a") are equal, 1 and True too, but are not written the same.
            given = tuple((name, type(value), value) for name, value in arguments.items())
            told = tuple(slots.items())
            return _kept(template, self.name, given, body, attrs, told, _reader_of(given))
        return _drawn(
            template,
            name=self.name,
            arguments=arguments,
            body=body,
            attrs=attrs,
            slots=slots,
            csrf_token=context.get("csrf_token"),
        )


class SlotNode(Node):
    """What stands in `{% slot "name" %}…{% endslot %}`, handed to the component around it."""

    def __init__(self, name: str, *, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        slots = context.get(SLOTS)
        if slots is None:
            raise TemplateSyntaxError(f'slot "{self.name}" stands in no component')
        rendered = self.nodelist.render(context).strip()
        slots[self.name] = mark_safe(rendered)
        return SafeString("")


class ArgumentsNode(Node):
    """The first tag of a component: its arguments with their defaults; any other is an error.

    A pure component says the same whenever it is given the same, to readers of one language and
    one zone on one day (`{% when %}` says no more than that): it asks for no clock and no token.
    """

    def __init__(self, defaults: Mapping[str, Any], *, is_pure: bool) -> None:
        self.defaults = defaults
        self.is_pure = is_pure

    def render(self, context: Context) -> SafeString:
        name, passed = context.get(PASSED) or ("", ())
        unknown = [argument for argument in passed if argument not in self.defaults]
        if unknown:
            known = ", ".join(self.defaults)
            raise TemplateSyntaxError(
                f'component "{name}" takes no {", ".join(unknown)}; it takes: {known}'
            )
        given = context.dicts[-1]
        for argument, default in self.defaults.items():
            given.setdefault(argument, default)
        return SafeString("")


def parse_component(parser: Parser, token: Token) -> ComponentNode:
    """`{% component "name" a=b %}body{% endcomponent %}`, or `{% component "name" a=b / %}`."""
    tag, *bits = token.split_contents()
    is_closed = bool(bits) and bits[-1] == "/"
    if is_closed:
        bits.pop()
    if not bits or "=" in bits[0] or bits[0][0] not in "\"'":
        raise TemplateSyntaxError(f'{tag} begins with the name of a component, in quotes: "button"')
    name = bits.pop(0).strip("\"'")
    given = parse_arguments(parser, bits, of=f'{tag} "{name}"')
    if is_closed:
        return ComponentNode(name, given=given, nodelist=NodeList())
    nodelist = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return ComponentNode(name, given=given, nodelist=nodelist)


def parse_slot(parser: Parser, token: Token) -> SlotNode:
    tag, *bits = token.split_contents()
    if len(bits) != 1:
        raise TemplateSyntaxError(f'{tag} takes one name, in quotes: {{% {tag} "actions" %}}')
    nodelist = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return SlotNode(bits[0].strip("\"'"), nodelist=nodelist)


def parse_argument_list(parser: Parser, token: Token) -> ArgumentsNode:
    """`{% arguments pure kind="secondary" icon="" %}`: defaults are constants, worked out once."""
    tag, *bits = token.split_contents()
    is_pure = bits[:1] == ["pure"]
    given = parse_arguments(parser, bits[is_pure:], of=tag)
    defaults = {name: value.resolve(Context()) for name, value in given.items()}
    return ArgumentsNode(defaults, is_pure=is_pure)


def parse_arguments(parser: Parser, bits: list[str], *, of: str) -> dict[str, FilterExpression]:
    given: dict[str, FilterExpression] = {}
    for bit in bits:
        name, equals, value = bit.partition("=")
        if not equals or not value or not name.replace("-", "_").replace(":", "_").isidentifier():
            raise TemplateSyntaxError(f"{of}: {bit} is not name=value")
        if name.startswith(FORBIDDEN_ATTRIBUTES):
            raise TemplateSyntaxError(f"{of}: {name} would run text as code; write a behaviour")
        given[name] = parser.compile_filter(value)
    return given


def flat_attributes(attributes: Mapping[str, Any]) -> SafeString:
    """HTML attributes, escaped, a space before each; True stands bare, False and None nowhere."""
    parts = []
    for name, value in attributes.items():
        if value is True:
            parts.append(f" {name}")
        elif value is not None and value is not False:
            parts.append(format_html(' {}="{}"', name, value))
    return mark_safe("".join(parts))


def engine_template(context: Context, name: str) -> Template:
    """The compiled template; while developing it is looked up anew, since it may have changed."""
    if context.template is None:
        raise TemplateSyntaxError(f"{name} cannot be rendered outside a template")
    engine = context.template.engine
    return engine.get_template(name) if engine.debug else _found(engine, name)


@cache
def _found(engine: Engine, name: str) -> Template:
    return engine.get_template(name)


@cache
def _is_pure(template: Template) -> bool:
    # What a loader hands out may be wrapped; its nodes are the same.
    nodes = template.nodelist.get_nodes_by_type(ArgumentsNode)
    return any(isinstance(node, ArgumentsNode) and node.is_pure for node in nodes)


def _are_plain(arguments: Mapping[str, Any]) -> bool:
    return all(isinstance(value, PLAIN) for value in arguments.values())


def _is_short(body: str, slots: Mapping[str, SafeString]) -> bool:
    return len(body) + sum(map(len, slots.values())) <= LONGEST_KEPT


def _reader_of(given: Given) -> tuple[object, ...]:
    """On what the words depend beside what is given: with a time, on the reader's zone and day."""
    if any(kind is datetime for _, kind, _ in given):
        return get_language(), timezone.get_current_timezone(), timezone.localdate()
    return (get_language(),)


@lru_cache(maxsize=MOST_KEPT)
def _kept(
    template: Template,
    name: str,
    given: Given,
    body: str,
    attrs: SafeString,
    slots: tuple[tuple[str, SafeString], ...],
    reader: tuple[object, ...],
) -> SafeString:
    """What a pure component says, remembered: a list draws the same rows for one after the other.

    `reader` is only a part of the key.
    """
    arguments = {argument: value for argument, _, value in given}
    return _drawn(
        template, name=name, arguments=arguments, body=body, attrs=attrs, slots=dict(slots)
    )


def _drawn(
    template: Template,
    *,
    name: str,
    arguments: Mapping[str, Any],
    body: str,
    attrs: SafeString,
    slots: Mapping[str, SafeString],
    csrf_token: Any = None,
) -> SafeString:
    inner = Context(
        {
            **arguments,
            PASSED: (name, tuple(arguments)),
            "attrs": attrs,
            "body": mark_safe(body),
            "slots": slots,
            "csrf_token": csrf_token,
        }
    )
    return SafeString(squeezed(template.render(inner).strip()))
