"""The words for priorities, types and states: forms, pages, mails and the API read them here."""

from dataclasses import dataclass

from cases.models import Priority


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
