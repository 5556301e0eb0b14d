"""Files that come with a form: sent along with it, or uploaded before as drafts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from helpdesk.attachments import drafts
from helpdesk.attachments.models import StoredFile
from helpdesk.attachments.storing import FileRefused, StorageUnavailable, store
from helpdesk.people.actors import Actor
from helpdesk.people.requests import PersonRequest

TOKEN_NAME = "file_token"  # noqa: S105 - the name of a form field


class UploadRefused(Exception):
    """A file was not taken; the message is a sentence, and what was written is kept."""


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; none is fine too."""

    widget = _FilesInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Files")
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Check each file as Django does. Raises ValidationError with a sentence."""
        chosen = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(FilesField, self).clean(one, initial) for one in chosen if one]
        if len(cleaned) > settings.FILES_A_MESSAGE:
            raise forms.ValidationError(
                f"At most {settings.FILES_A_MESSAGE} files go with one message."
            )
        return cleaned


def stored_from(
    request: PersonRequest, uploads: Iterable[UploadedFile[Any]]
) -> tuple[StoredFile, ...]:
    """Store what came with the form and take the drafts that it names.

    Call it in the transaction that opens the case or adds the message. Raises UploadRefused.
    """
    by = Actor.of(request.user)
    try:
        kept = drafts.take(
            request.POST.getlist(TOKEN_NAME), by=request.user, session=request.session
        )
        sent = tuple(
            store(
                upload, filename=upload.name or "", declared_type=upload.content_type or "", by=by
            )
            for upload in uploads
        )
    except (FileRefused, StorageUnavailable) as refusal:
        raise UploadRefused(str(refusal)) from refusal
    return kept + sent
