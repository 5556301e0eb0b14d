"""What the reader makes of a mail: plain, frozen, storable values."""

from dataclasses import dataclass
from datetime import datetime

from .addresses import Address


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a mail, its bytes as they were sent (only the transfer encoding is undone).

    `kind` says what it is to a mail program: "file", "message", "calendar", "smime", "pgp",
    "tnef", "report". `inline` means that the HTML shows it by its `content_id`.
    """

    filename: str
    content_type: str
    content: bytes
    content_id: str
    inline: bool
    kind: str

    @property
    def size(self) -> int:
        """Length of the content in bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery report says.

    `outcome` is "failed", "delayed" or "delivered"; `status` is the enhanced status code
    (RFC 3463) that weighs most, "" when none is named.
    """

    outcome: str
    status: str
    recipients: tuple[str, ...]
    message_ids: tuple[str, ...]

    @property
    def is_failure(self) -> bool:
        """Whether the mail will never arrive; a delay is no failure."""
        return self.outcome == "failed"


@dataclass(frozen=True, slots=True)
class ReadMail:
    """One mail, read. Every string is storable; every list is in the order of the mail."""

    from_email: str | None
    from_name: str
    #: All mailboxes of all From fields; more than one is a reason for suspicion.
    authors: tuple[Address, ...]
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    #: Where the mail was really delivered: Delivered-To, X-Original-To, Envelope-To and kin.
    delivered_to: tuple[str, ...]
    #: The envelope sender: "" for the null sender, None when no Return-Path was written.
    return_path: str | None

    subject: str
    date: datetime | None
    message_id: str | None
    in_reply_to: str | None
    in_reply_to_ids: tuple[str, ...]
    references: tuple[str, ...]

    text: str
    html: str | None
    #: What was written just now, and what was taken off it. Nothing of `text` is in neither.
    reply_text: str
    quoted_text: str
    signature_text: str
    #: The same cut in the HTML; None when there is no HTML.
    reply_html: str | None
    quoted_html: str | None

    attachments: tuple[Attachment, ...]
    #: What is special about the mail: any of calendar, message, pgp, report, smime, tnef.
    kinds: frozenset[str]

    auto_generated: bool
    #: Why it counts as automatic, in words; "" when it does not.
    auto_reason: str
    #: Whether a mail did not arrive, or not yet; only `is_failure` of the report says for good.
    bounce: bool
    delivery_report: Bounce | None

    precedence: str
    auto_submitted: str
    list_id: str
    #: The value of the header that our own mail carries, "" without it.
    our_loop: str
    #: Authentication-Results as found, topmost first; only the topmost may be our own server's.
    authentication_results: tuple[str, ...]
    defects: tuple[str, ...]

    @property
    def bounced_message_ids(self) -> tuple[str, ...]:
        """Message-IDs of the mails that came back."""
        return self.delivery_report.message_ids if self.delivery_report else ()

    @property
    def bounced_recipients(self) -> tuple[str, ...]:
        """Addresses that could not be reached."""
        return self.delivery_report.recipients if self.delivery_report else ()

    @property
    def bounce_status(self) -> str:
        """The enhanced status code of the delivery report, "" without one."""
        return self.delivery_report.status if self.delivery_report else ""
