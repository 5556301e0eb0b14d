"""Uploads on their way in: how much one request may bring, whatever it claims."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUploadHandler(FileUploadHandler):
    """First of the upload handlers: ends a request that brings more than a message may hold."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and pass on. Raises RequestDataTooBig, which answers 400."""
        self._received += len(raw_data)
        if self._received > settings.FILES_MOST_BYTES_A_MESSAGE:
            raise RequestDataTooBig("The files are larger together than a message may be.")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the making of the file to the next handler."""
