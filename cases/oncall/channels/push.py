"""A notification on each device that the person has turned on."""

from collections.abc import Iterable

from cases.oncall.channels.calling import Call
from cases.oncall.models import Sending
from helpdesk.notifications import push


def call(call: Call) -> Iterable[Sending]:
    """Queue one message a device; pressing it opens the page that acknowledges."""
    told = push.queue(
        call.person,
        key=call.key,
        title=f"On call: critical case {call.case.shown_number}",
        text=f"{call.who}: {call.case.subject}",
        url=call.acknowledge_url,
    )
    for message in told:
        device = message.subscription.device if message.subscription is not None else "A device"
        yield Sending(channel="Device", to=device, push=message)
