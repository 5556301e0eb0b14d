"""Raw mail into values: the reader. Pure; knows no framework and no database."""

from .reading import LOOP_HEADER, MailUnreadable, read
from .record import Attachment, Bounce, ReadMail
from .separators import REPLY_MARKER

__all__ = [
    "LOOP_HEADER",
    "REPLY_MARKER",
    "Attachment",
    "Bounce",
    "MailUnreadable",
    "ReadMail",
    "read",
]
