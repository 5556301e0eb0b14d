"""The words for priorities, types and states: forms, pages, mails and the API read them here."""

from dataclasses import dataclass

from cases import kinds
from cases.lifecycle import State
from cases.models import Priority
from helpdesk.journal.models import Entry


@dataclass(frozen=True, slots=True)
class PriorityWords:
    """What a priority means, as the client chooses it."""

    value: str
    label: str
    meaning: str
    icon: str


PRIORITIES = (
    PriorityWords(
        Priority.CRITICAL,
        "Critical: business down",
        "Production use is stopped, or so impaired that nobody can reasonably go on.",
        "siren",
    ),
    PriorityWords(
        Priority.HIGH,
        "High",
        "Important features are unavailable without an acceptable workaround; "
        "restricted operation goes on.",
        "chevrons-up",
    ),
    PriorityWords(
        Priority.MEDIUM,
        "Medium",
        "A moderate or minor loss, or an unexpected result. Isolated; work goes on.",
        "equal",
    ),
    PriorityWords(
        Priority.LOW,
        "Low",
        "Information, an enhancement or documentation. No impact on use.",
        "chevron-down",
    ),
)


def sentence_for_ours(entry: Entry) -> str:
    """An entry in words for our own people: the journal names states as clients read them."""
    if entry.kind != kinds.MOVED.name:
        return entry.sentence
    labels = {f"{one}_label": State(entry.data[one]).label for one in ("before", "after")}
    return entry.declared.tell(by=entry.actor_label, data={**entry.data, **labels})
