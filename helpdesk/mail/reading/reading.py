"""Raw bytes into a `ReadMail`."""

from . import (
    addresses,
    attachments,
    automatic,
    bodies,
    bounces,
    dates,
    encoded_words,
    message_ids,
    replies,
    structure,
)
from .addresses import Address
from .bodies import Body
from .defects import Defects
from .headers import Headers
from .record import Attachment, Bounce, ReadMail
from .replies import HtmlReply, Reply
from .storable import one_line
from .structure import Part

#: The header that all our own mail carries; its value names the desk that sent it.
LOOP_HEADER = "X-Waratah-Desk"

_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to",
              "x-delivered-to", "x-forwarded-to")  # fmt: skip
_PART_KINDS = {
    "multipart/encrypted": "pgp",
    "multipart/report": "report",
    "text/calendar": "calendar",
}


class MailUnreadable(Exception):
    """Nothing could be made of the bytes; `str()` says why, in a sentence."""


def read(raw: bytes) -> ReadMail:
    """What a raw RFC 5322 message says.

    Reads anything that has at least one byte of content; what is wrong with it is listed in
    `defects`. Time is linear in the length of `raw`.

    Raises `MailUnreadable` when the mail is empty.
    """
    if not raw.strip():
        raise MailUnreadable("The mail is empty.")
    defects = Defects()
    root = structure.parse(_with_line_feeds(raw, defects), defects=defects)
    head = root.headers
    subject = head.line("subject")
    body = bodies.collect(root, defects=defects)
    reply, html_reply, text = _reply(body, body.html, subject)
    files = attachments.collect(body, html=body.html, defects=defects)
    authors = _addresses(head, "from")
    author = _author(head, authors, defects) or Address(_bare_name(head), "")
    return_path = _return_path(head)
    report, reason = _robots_work(
        root, author=author, subject=subject, text=text, return_path=return_path
    )
    answered = message_ids.parse(head.text("in-reply-to"))
    return ReadMail(
        from_email=author.email or None,
        from_name=author.name,
        authors=authors,
        sender=next(iter(_addresses(head, "sender")), None),
        reply_to=_addresses(head, "reply-to"),
        to=_addresses(head, "to"),
        cc=_addresses(head, "cc"),
        delivered_to=_delivered_to(head),
        return_path=return_path,
        subject=subject,
        date=dates.parse(head.text("date")),
        message_id=next(iter(message_ids.parse(head.text("message-id"))), None),
        in_reply_to=next(iter(answered), None),
        in_reply_to_ids=answered,
        references=message_ids.parse(head.text("references")),
        text=text,
        html=body.html,
        reply_text=reply.text,
        quoted_text=reply.quoted,
        signature_text=reply.signature,
        reply_html=html_reply.text if html_reply else None,
        quoted_html=html_reply.quoted if html_reply else None,
        attachments=tuple(files),
        kinds=_kinds(root, files),
        auto_generated=bool(reason),
        auto_reason=reason,
        bounce=report is not None and report.outcome != "delivered",
        delivery_report=report,
        precedence=head.line("precedence").lower(),
        auto_submitted=head.line("auto-submitted").lower(),
        list_id=head.line("list-id"),
        our_loop=head.line(LOOP_HEADER.lower()),
        authentication_results=tuple(map(one_line, head.texts("authentication-results"))),
        defects=defects.sentences(),
    )


def _with_line_feeds(raw: bytes, defects: Defects) -> bytes:
    if b"\n" in raw or b"\r" not in raw:
        return raw
    defects.note("The lines ended in bare carriage returns.")
    return raw.replace(b"\r", b"\n")


def _robots_work(
    root: Part, *, author: Address, subject: str, text: str, return_path: str | None
) -> tuple[Bounce | None, str]:
    """The delivery report that a mail is, if any, and why it counts as automatic, if it does."""
    report = bounces.judge(
        root,
        from_email=author.email,
        from_name=author.name,
        subject=subject,
        text=text,
        return_path=return_path,
    )
    reason = automatic.reason(
        root.headers,
        from_email=author.email,
        subject=subject,
        return_path=return_path,
        is_report=report is not None or bounces.is_reading_report(root),
    )
    return report, reason


def _reply(body: Body, html: str | None, subject: str) -> tuple[Reply, HtmlReply | None, str]:
    """The reply, the same in HTML, and the whole text of a mail."""
    from_html = replies.of_html(html, subject=subject) if html is not None else None
    if from_html is not None and all(block.plain is None for block in body.blocks):
        return from_html
    text = "\n".join(_text(block) for block in body.blocks).strip("\n")
    reply = replies.of_text(text, subject=subject)
    if from_html is None:
        return reply, None, text
    rich, html_reply, _ = from_html
    # A second opinion: what the plain text does not show, the marks in the HTML may.
    if not reply.quoted and rich.quoted and replies.covers(rich, text):
        reply = rich
    return reply, html_reply, text


def _text(block: bodies.Block) -> str:
    if block.plain is not None:
        return block.plain
    return replies.of_html(block.html or "", subject="")[2]


def _addresses(head: Headers, name: str) -> tuple[Address, ...]:
    return tuple(a for field in head.texts(name) for a in addresses.parse(field))


def _author(head: Headers, authors: tuple[Address, ...], defects: Defects) -> Address | None:
    """From; else Sender, else Reply-To, else the next address that can be used."""
    if len(authors) > 1:
        defects.note("The mail names more than one author.")
    if authors:
        return authors[0]
    defects.note("The From field holds no usable address.")
    for name in ("sender", "reply-to", "return-path", "x-original-from", "x-sender", "resent-from"):
        found = _addresses(head, name)
        if found:
            return Address(_bare_name(head) or found[0].name, found[0].email)
    # An address hidden in an encoded word is used only when there is no other.
    return next(
        (a for f in head.texts("from") for a in addresses.parse(encoded_words.decode(f))), None
    )


def _bare_name(head: Headers) -> str:
    """What a From field without an address says."""
    return head.line("from").strip("\"'<> ")


def _return_path(head: Headers) -> str | None:
    if "return-path" not in head:
        return None
    value = head.line("return-path").strip("<> \"'")
    return addresses.usable(value) or ("" if not value or "@" not in value else value)


def _delivered_to(head: Headers) -> tuple[str, ...]:
    found = [a.email for name in _DELIVERED for a in _addresses(head, name)]
    return tuple(dict.fromkeys(found))


def _kinds(root: Part, files: list[Attachment]) -> frozenset[str]:
    kinds = {file.kind for file in files} - {"file"}
    if kind := _PART_KINDS.get(root.content_type):
        kinds.add(kind)
    protocol = root.parameters.get("protocol", "").lower()
    kinds |= {kind for kind, word in (("pgp", "pgp"), ("smime", "pkcs7")) if word in protocol}
    return frozenset(kinds)


__all__ = ["LOOP_HEADER", "Bounce", "MailUnreadable", "ReadMail", "read"]
