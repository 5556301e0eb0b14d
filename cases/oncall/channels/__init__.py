"""The ways in which somebody on call is reached, each a file; `EVERY` is the whole list."""

from collections.abc import Callable, Iterable

from cases.oncall.channels import email, gateway, push
from cases.oncall.channels.calling import Call
from cases.oncall.models import Sending

Channel = Callable[[Call], Iterable[Sending]]

EVERY: tuple[Channel, ...] = (email.call, push.call, gateway.call)
