"""A message as it was sent, with its fonts and pictures: in a frame where nothing can run."""

from django.http import HttpResponse

from cases.thread.models import Message
from helpdesk.attachments.mail_frames import cleaned_for, frame_response
from helpdesk.design.appearance import appearance_of
from helpdesk.people.requests import PersonRequest


def formatted(request: PersonRequest, message: Message, *, surface: str) -> HttpResponse:
    """Answer with the HTML of a message that the reader may read.

    Remote pictures are fetched, by us, only when the reader asks with `?pictures`.
    """
    files = [held.file for held in message.files.select_related("file")]
    clean = cleaned_for(
        message.html,
        files=files,
        reader=request.user,
        message=f"message {message.pk}",
        with_remote_images="pictures" in request.GET,
    )
    return frame_response(
        clean,
        title=f"Message of {message.author_label}",
        surface=surface,
        appearance=appearance_of(request),
    )
