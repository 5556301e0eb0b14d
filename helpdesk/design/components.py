"""Template components with slots: `{% component "name" argument=value %}…{% endcomponent %}`.

In the manner of django-allauth's `{% element %}`, with two things more: a component lists what it
takes (`{% arguments %}`), so a misspelt argument is an error and not a silence; and an argument
with a hyphen in its name (`hx-post`, `data-hotkey`) is an HTML attribute for the component's root.
"""

from collections.abc import Mapping
from typing import Any

from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PASSED = "_passed"
SLOTS = "_slots"
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
        attributes = {name: value for name, value in values.items() if "-" in name}
        template = engine_template(context, f"components/{self.name}.html")
        inner = context.new(
            {
                **arguments,
                PASSED: (self.name, tuple(arguments)),
                "attrs": flat_attributes(attributes),
                "body": mark_safe(body),
                "slots": slots,
                "csrf_token": context.get("csrf_token"),
            }
        )
        return SafeString(template.render(inner).strip())


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
    """The first tag of a component: its arguments with their defaults; any other is an error."""

    def __init__(self, defaults: Mapping[str, FilterExpression]) -> None:
        self.defaults = defaults

    def render(self, context: Context) -> SafeString:
        name, passed = context.get(PASSED) or ("", ())
        unknown = [argument for argument in passed if argument not in self.defaults]
        if unknown:
            known = ", ".join(self.defaults)
            raise TemplateSyntaxError(
                f'component "{name}" takes no {", ".join(unknown)}; it takes: {known}'
            )
        for argument, default in self.defaults.items():
            if argument not in context:
                context[argument] = default.resolve(context)
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
    tag, *bits = token.split_contents()
    return ArgumentsNode(parse_arguments(parser, bits, of=tag))


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


def engine_template(context: Context, name: str) -> Any:
    """The compiled template; the engine's cached loader keeps it."""
    if context.template is None:
        raise TemplateSyntaxError(f"{name} cannot be rendered outside a template")
    return context.template.engine.get_template(name)
