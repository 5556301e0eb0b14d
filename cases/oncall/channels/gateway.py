"""A signed webhook to whatever turns it into an SMS or a telephone call."""

from collections.abc import Iterable

from cases.oncall.channels.calling import Call
from cases.oncall.models import Sending
from cases.oncall.rota import rota_in_use
from helpdesk.webhooks.queueing import queue

KIND = "oncall.page"


def call(call: Call) -> Iterable[Sending]:
    """Queue one delivery to each gateway of the rota in use."""
    rota = rota_in_use()
    data = {
        "attempt": call.attempt.number,
        "to": {"name": call.person.name, "phone": call.person.phone},
        "text": call.text,
        "acknowledge_url": call.acknowledge_url,
        "case": {"number": call.case.number, "subject": call.case.subject, "what": call.what},
    }
    for endpoint in rota.gateways.all() if rota is not None else ():
        delivery = queue(endpoint, kind=KIND, key=call.key, at=call.at, data=data)
        to = f"{endpoint.name}: {call.person.phone or 'no telephone number'}"
        yield Sending(channel="Gateway", to=to, delivery=delivery)
