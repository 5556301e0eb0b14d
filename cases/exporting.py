"""What cases keep of a person, for the export of their data; internal notes are ours."""

from collections.abc import Iterator
from typing import Any

from cases.models import Case
from cases.thread.models import Message, Visibility
from helpdesk.people.models import Person


def own_cases(person: Person) -> Iterator[dict[str, Any]]:
    """The cases that they opened."""
    for one in Case.objects.filter(client=person).order_by("pk").iterator():
        yield {
            "number": one.shown_number,
            "subject": one.subject,
            "state": one.state,
            "priority": one.priority,
            "opened_at": one.created_at,
        }


def own_messages(person: Person) -> Iterator[dict[str, Any]]:
    """What they wrote, and what was written to them on their cases; no internal note."""
    public = Message.objects.filter(case__client=person, visibility=Visibility.PUBLIC)
    elsewhere = Message.objects.filter(author=person).exclude(case__client=person)
    for messages in (public, elsewhere.filter(visibility=Visibility.PUBLIC)):
        for one in messages.select_related("case").order_by("pk").iterator():
            yield {
                "case": one.case.shown_number,
                "at": one.at,
                "by": one.author_label,
                "text": one.text,
            }
