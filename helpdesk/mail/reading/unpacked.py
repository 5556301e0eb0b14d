"""A file that was inside something else: a `winmail.dat`, or a text that it was pasted into."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnpackedFile:
    """Its name as written there (not yet cleaned), its type, its Content-ID if any, its bytes."""

    filename: str
    content_type: str
    content_id: str
    content: bytes
