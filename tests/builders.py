"""One call makes one thing, through the ordinary doors, with defaults that make sense."""

from datetime import datetime
from typing import Any

from cases.actions.opening import Question, open_case
from cases.actions.replying import add_note, reply
from cases.models import Case, Channel, Priority
from cases.sla.metrics import Metric
from cases.sla.models import SlaPolicy
from cases.thread.adding import Writing
from cases.thread.models import Message
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

SUBJECT = "Report is empty"
DETAILS = "The monthly report shows no rows since this morning."


def a_case(
    client: Person,
    *,
    by: Person | None = None,
    details: str = DETAILS,
    channel: str = Channel.PORTAL,
    at: datetime | None = None,
    is_ours: bool = False,
    **question: Any,
) -> Case:
    """A case of `client`, opened by them unless `by` says otherwise."""
    return open_case(
        Question(**{"subject": SUBJECT, **question}),
        Writing(text=details, channel=channel),
        client=client,
        by=Actor.of(by or client),
        at=at,
        is_ours=is_ours,
    )


def a_message(
    case: Case, *, by: Person, text: str = "Thank you, we look at it.", **more: Any
) -> Message:
    """A public message on a case."""
    return reply(case, Writing(text=text, channel=Channel.PORTAL), by=Actor.of(by), **more)


def a_note(case: Case, *, by: Person, text: str = "Known since Tuesday.", **more: Any) -> Message:
    """An internal note on a case."""
    return add_note(case, Writing(text=text, channel=Channel.PORTAL), by=Actor.of(by), **more)


def a_policy(priority: str = Priority.MEDIUM, /, **facts: Any) -> SlaPolicy:
    """A policy with targets by metric: `a_policy("high", first_response="4 hours")`."""
    targets = {metric: facts.pop(metric) for metric in Metric.values if metric in facts}
    facts.setdefault("name", f"Policy {SlaPolicy.objects.count() + 1}")
    policy = SlaPolicy.objects.create(priority=priority, **facts)
    for metric, words in targets.items():
        amount, unit = words.split()
        policy.targets.create(metric=metric, amount=int(amount), unit=unit)
    return policy
