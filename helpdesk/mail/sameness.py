"""When two deliveries are one mail, whatever way each of them took."""

import hashlib
import re

_END_OF_HEAD = re.compile(rb"\r?\n[ \t]*\r?\n")


def message_key(message_id: str | None, *, sha256: str) -> str:
    """Return the key of a mail in the ledger: its Message-ID, else one made from its digest."""
    if not message_id:
        return f"digest:{sha256}"
    if len(message_id) > 300:
        return f"id-digest:{hashlib.sha256(message_id.encode()).hexdigest()}"
    return message_id


def content_digest(raw: bytes, *, author: str) -> str:
    """Return a digest of who wrote what: the same for a mail that came twice by different ways.

    Relays add to the head and change line endings, so only the body counts, without those. The
    author counts too: nobody takes another one's mail out of the way by repeating its text.
    """
    parts = _END_OF_HEAD.split(raw, maxsplit=1)
    body = parts[1] if len(parts) == 2 else raw
    digest = hashlib.sha256(author.encode("utf-8", "replace") + b"\0")
    digest.update(b"\n".join(body.splitlines()).rstrip())
    return digest.hexdigest()
