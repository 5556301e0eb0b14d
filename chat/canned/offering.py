"""Canned replies for one conversation: found by words, their variables filled."""

from dataclasses import dataclass

from chat.canned.filling import fill
from chat.canned.models import CannedReply
from chat.models import Conversation
from helpdesk.markup.characters import in_one_line
from helpdesk.people.models import Person

MOST_OFFERED = 8


@dataclass(frozen=True, slots=True)
class Offered:
    """A reply as it would be said in this conversation."""

    name: str
    text: str
    is_shared: bool


def replies_for(conversation: Conversation, words: str, *, by: Person) -> list[Offered]:
    """Replies whose name or text has `words`, by name: those whose name begins so come first."""
    found = CannedReply.objects.visible_to(by).with_words(words)
    rows = list(found.order_by("name", "pk")[: 5 * MOST_OFFERED])
    first = words.casefold()
    rows.sort(key=lambda one: not one.name.casefold().startswith(first))
    values = values_of(conversation, by=by)
    return [Offered(one.name, fill(one.text, values), one.is_shared) for one in rows[:MOST_OFFERED]]


def values_of(conversation: Conversation, *, by: Person) -> dict[str, str]:
    """What each variable stands for; the words of strangers in one line."""
    case = conversation.case
    name = in_one_line(conversation.name)
    return {
        "client": name,
        "first_name": name.split(" ")[0],
        "organisation": case.organisation.name if case.organisation else "",
        "case": case.shown_number,
        "subject": in_one_line(case.subject),
        "agent": by.name,
        "site": conversation.site.name,
    }
