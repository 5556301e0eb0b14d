"""Sorters for tests of the mechanics: the real one belongs to the room of the cases."""

import os
import signal

from django.db import OperationalError

from helpdesk.mail.models import InboundMail, SuppressedAddress
from helpdesk.mail.reading import ReadMail
from helpdesk.mail.sorted import Sorted
from helpdesk.mail.states import InboundState


def sort(mail: InboundMail, read: ReadMail) -> Sorted:
    """Everything becomes thing 7, but poison raises after a write, and cleared spam is none."""
    if "viagra" in read.subject and not mail.is_cleared:
        return Sorted(InboundState.SPAM, "Its subject says so.")
    SuppressedAddress.objects.create(address=f"trace-{mail.pk}@example.org")
    if "poison" in read.subject:
        raise ValueError("This mail is poison.")
    return Sorted(InboundState.CASED, "It opened a thing.", {"seen": True}, "thing", 7)


def die(mail: InboundMail, read: ReadMail) -> Sorted:
    """A worker that is killed in the middle of its work."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def disk_full(mail: InboundMail, read: ReadMail) -> Sorted:
    """The store of files takes nothing at the moment."""
    raise OSError(28, "No space left on device")


def deadlock(mail: InboundMail, read: ReadMail) -> Sorted:
    """The database chose this transaction as the victim of a deadlock."""
    raise OperationalError("deadlock detected")
