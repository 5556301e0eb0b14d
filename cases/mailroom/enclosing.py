"""The files of a mail: those that came, stored as they are, and those that go."""

from collections.abc import Sequence

from django.core.files.storage import default_storage

from helpdesk.attachments.models import StoredFile
from helpdesk.attachments.storing import StorageUnavailable, store
from helpdesk.mail.reading import ReadMail
from helpdesk.mail.sending import OutgoingFile
from helpdesk.mail.sorted import NotYet
from helpdesk.people.actors import SYSTEM

# A mail may hold a thousand parts; beyond this the raw mail, which is kept whole, must do.
MOST_FILES = 100


def stored_files(read: ReadMail) -> tuple[StoredFile, ...]:
    """Store every attachment in the transaction that sorts the mail.

    Raises NotYet when the store is full or away: nothing is wrong with the mail, so it waits.
    """
    try:
        return _stored(read)
    except StorageUnavailable as trouble:
        raise NotYet(str(trouble)) from trouble


def files_for_mail(ids: Sequence[int]) -> list[OutgoingFile]:
    """The files that a mail takes along. Found by settings.MAIL_FILES.

    One that waits for the scanner, or failed it, stays behind: the message on the case has it.
    """
    return [
        OutgoingFile(filename=file.filename, content_type=file.content_type, content=_bytes(file))
        for file in StoredFile.objects.filter(pk__in=ids).order_by("pk")
        if not file.is_held
    ]


def _stored(read: ReadMail) -> tuple[StoredFile, ...]:
    return tuple(
        store(
            attachment.content,
            filename=attachment.filename,
            declared_type=attachment.content_type,
            is_inline=attachment.inline,
            content_id=attachment.content_id,
            by=SYSTEM,
            most_bytes=len(attachment.content),
        )
        for attachment in read.attachments[:MOST_FILES]
    )


def _bytes(file: StoredFile) -> bytes:
    with default_storage.open(file.key) as stored:
        content: bytes = stored.read()
    return content
