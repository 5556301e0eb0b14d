"""Delivery reports: what failed, for whom, and which of our mails came back.

Known are the standard report (RFC 3464), X-Failed-Recipients, and the plain texts of many mail
servers (their words stand in `bounce_words`). A delay (4.x) or a success report is no failure,
and a mail that merely carries an old mail is no report.
"""

import re

from . import addresses, automatic, headers, message_ids
from .bounce_words import DAEMON, DAEMON_NAME, DELAYED, FAILED, OPENING
from .defects import Defects
from .headers import Headers
from .record import Bounce
from .structure import Part

_STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED_TYPES = frozenset(
    {
        "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global",
        "message/global-headers", "message/partial", "text/rfc822",
    }
)  # fmt: skip
_FIELD = re.compile(r"^([A-Za-z-]{4,40}):[ \t]*(.{1,500})", re.MULTILINE)
_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_ID_LINE = re.compile(r"^[ \t>]*Message-ID:\s*(<[^<>\s]{1,998}>)", re.IGNORECASE | re.MULTILINE)
_NAMED = re.compile(
    r"^[ \t]*(?:<|(?:rcpt )?to:\s*<?|recipient:?\s*<?)?([^\s<>@:;,\"']{1,64}@[\w.-]{1,190}+)"
    r">?(?:[\s:;,(].*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_WINDOW = 20_000
_NEAR = 4_000
_MOST = 100


def judge(
    root: Part, *, from_email: str, from_name: str, subject: str, text: str, return_path: str | None
) -> Bounce | None:
    """The delivery report that a mail is, or None."""
    statuses, returned = _report_parts(root)
    text = text[:_WINDOW]
    sender = (from_email, from_name, return_path)
    if not (statuses and _is_report(root, statuses)) and not _says_so(
        root.headers, sender, subject, text, returns=bool(returned)
    ):
        return None
    contents = (part.content()[:_WINDOW].decode("ascii", "replace") for part in statuses)
    fields = [
        (name.lower(), value.strip())
        for content in contents
        for name, value in _FIELD.findall(content)
    ]
    status = _status(fields, f"{subject}\n{text}")
    return Bounce(
        outcome=_outcome(fields, status, subject, text),
        status=status,
        recipients=_recipients(root.headers, fields, text),
        message_ids=_returned_ids(returned, text, root.headers),
    )


def is_reading_report(root: Part) -> bool:
    """Whether a mail is a disposition notification or an abuse report."""
    kind = root.parameters.get("report-type", "").lower()
    if root.content_type == "multipart/report" and kind and kind != "delivery-status":
        return True
    return any(part.content_type == "message/disposition-notification" for part in root.children)


def _report_parts(root: Part) -> tuple[list[Part], list[Part]]:
    """The status parts and the returned mails, wherever they stand."""
    statuses: list[Part] = []
    returned: list[Part] = []
    pending = [root]
    while pending:
        part = pending.pop()
        pending += reversed(part.children)
        if part.content_type in _STATUS_TYPES:
            statuses.append(part)
        elif part.content_type in _RETURNED_TYPES and part is not root:
            returned.append(part)
    return statuses, returned


def _is_report(root: Part, statuses: list[Part]) -> bool:
    named = root.parameters.get("report-type", "delivery-status").lower() == "delivery-status"
    return (root.content_type == "multipart/report" and named) or statuses[0] in root.children


def _says_so(
    head: Headers, sender: tuple[str, str, str | None], subject: str, text: str, *, returns: bool
) -> bool:
    """Whether a mail without a status part is a report by its sender and its words."""
    email, name, return_path = sender
    if "x-failed-recipients" in head or OPENING.match(text):
        return True
    is_daemon = _is_daemon(head, email, name)
    submitted = head.line("auto-submitted").lower().startswith("auto-")
    if not (is_daemon or submitted or return_path == "" or automatic.is_robot(email)):
        return False
    if FAILED.search(subject) or DELAYED.search(subject):
        return True
    return (is_daemon or returns) and FAILED.search(text[:_NEAR]) is not None


def _is_daemon(head: Headers, email: str, name: str) -> bool:
    written = (email.partition("@")[0], head.text("from").lstrip(' "<'))
    return any(DAEMON.match(each) for each in written) or DAEMON_NAME.search(name) is not None


def _status(fields: list[tuple[str, str]], text: str) -> str:
    """The code that weighs most: a permanent failure before a delay before a success."""
    for wanted in ("status", "diagnostic-code"):
        found = [_CODE.search(value) for name, value in fields if name == wanted]
        codes = [each[1] for each in found if each]
        if codes:
            break
    else:
        codes = _CODE.findall(text)
    return max(codes, key=lambda code: "245".index(code[0]), default="")


def _outcome(fields: list[tuple[str, str]], status: str, subject: str, text: str) -> str:
    actions = {value.split()[0].lower() for name, value in fields if name == "action" and value}
    if any(action.startswith("fail") for action in actions):
        return "failed"
    if any(action.startswith("delay") for action in actions):
        return "delayed"
    if actions or (status[:1] == "2" and not FAILED.search(subject)):
        return "delivered"
    delayed = DELAYED.search(subject) or (status[:1] != "5" and DELAYED.search(text[:_NEAR]))
    return "delayed" if delayed else "failed"


def _recipients(head: Headers, fields: list[tuple[str, str]], text: str) -> tuple[str, ...]:
    """Who was not reached: as the report says, else its header, else lines with an address."""
    for wanted in ("original-recipient", "final-recipient"):
        values = (value.rpartition(";")[2] for name, value in fields if name == wanted)
        found = [email for value in values if (email := addresses.usable(value))]
        if found:
            break
    else:
        named = head.texts("x-failed-recipients")
        found = [address.email for field in named for address in addresses.parse(field)]
    if not found:
        lines = _NAMED.findall(text)[:_MOST]
        found = [email for each in lines if (email := addresses.usable(each))]
    return tuple(dict.fromkeys(found))[:_MOST]


def _returned_ids(returned: list[Part], text: str, head: Headers) -> tuple[str, ...]:
    """Message-IDs of the returned mails: from their headers, from the text, or as answered to."""
    found: list[str] = []
    for part in returned[:_MOST]:
        content = part.content()
        inner, _ = headers.split(
            content, start=0, end=len(content), defects=Defects(), outermost=True
        )
        found += message_ids.parse(inner.text("message-id"))[:1]
    if not found:
        found = [each for field in _ID_LINE.findall(text) for each in message_ids.parse(field)]
    if not found:
        answered = (head.text("in-reply-to"), head.text("references"))
        found = [each for field in answered for each in message_ids.parse(field)]
    return tuple(dict.fromkeys(found))[:_MOST]
