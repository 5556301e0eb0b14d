"""The sidebar of the console, on pages of rooms that know no case."""

from django.template import Context, Library

from cases.console.queues import Counted, counted
from helpdesk.people.models import Person

register = Library()


@register.simple_tag(takes_context=True)
def console_queues(context: Context) -> list[tuple[Counted, bool]]:
    """`{% console_queues as queues %}`: those that the view gave, or all with none of them open."""
    given: list[tuple[Counted, bool]] | None = context.get("queues")
    if given is not None:
        return given
    person = context.get("user")
    return [(one, False) for one in counted(person)] if isinstance(person, Person) else []
