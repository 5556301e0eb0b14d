"""A mail's HTML as the document of a frame, with its pictures: one call for the rooms."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static

from helpdesk.attachments.handing_out import signed_url
from helpdesk.attachments.models import StoredFile
from helpdesk.attachments.remote_images import remote_picture_url
from helpdesk.design.appearance import Appearance
from helpdesk.markup.cleaning import CleanHtml, clean_html
from helpdesk.markup.isolating import frame_document, frame_headers
from helpdesk.people.models import Person


def cleaned_for(
    html: str,
    *,
    files: Iterable[StoredFile],
    reader: Person,
    message: str,
    with_remote_images: bool = False,
) -> CleanHtml:
    """Return `html` as `reader` may see it now: addresses of pictures work for some minutes.

    `files` are the message's own, which the caller lets `reader` have. `message` names it in the
    log. `with_remote_images` only when the reader asked for them.
    """

    def proxied(url: str) -> str:
        return remote_picture_url(url, person=reader, message=message)

    return clean_html(
        html,
        cid_urls={
            file.content_id: signed_url(file, reader)
            for file in files
            if file.content_id and file.is_raster and not file.is_held
        },
        remote_picture_url=proxied if with_remote_images else None,
    )


def frame_response(
    clean: CleanHtml, *, title: str, surface: str, appearance: Appearance
) -> HttpResponse:
    """Answer with the document of the frame; `surface` is "portal" or "console"."""
    document = frame_document(
        clean,
        title=title,
        stylesheet=static("css/waratah.css"),
        root={
            "data-surface": surface,
            "data-theme": appearance.theme,
            "data-density": appearance.density,
        },
    )
    sources = [settings.FILES_URL] if settings.FILES_URL else []
    return HttpResponse(document, headers=frame_headers(image_sources=sources))
