"""Mail that no person wrote: answers of machines, notices, robots (RFC 3834 and its cousins)."""

import re

from .automatic_words import SUBJECTS
from .headers import Headers

_PRECEDENCE = frozenset({"bulk", "junk", "auto_reply", "auto-reply", "autoreply"})
#: Header fields that only robots write, whoever made them.
_MARK = re.compile(
    r"x-(?:[\w-]*-)?(?:auto-?(?:reply|respond|responder|response|generated|mated)|vacation"
    r"|holiday-?reply|machine-?generated|out-of-office|cron-env)(?!-suppress)[\w-]*|auto-reply"
    r"|x-(?:fc|cu)-machinegenerated|x-jira-fingerprint|x-ms-exchange-generated-message-source"
)
_NEGATIVE = frozenset({"no", "false", "0", "none"})
_SUPPRESS = re.compile(r"\b(?:all|oof|autoreply)\b", re.IGNORECASE)

#: Local parts that take no answers. The first group may have something before or behind it.
_ROBOT = re.compile(
    r"(?:.*[-_.])?(?:no|do-?not|dont|never)[-_.]?(?:reply|replies|respond|answer)(?:$|[-_.+\d].*)"
    r"|noreply.*|mailer-?daemon.*|auto-?(?:mail|reply|responder|confirm|notify).*|autorespond.*"
    r"|bounces?(?:[-_.+=].*)?|notifications?(?:-no.*)?|nicht-antworten|ne-pas-repondre"
    r"|no-responder|nao-responda|non-rispondere|niet-antwoorden|listserv|majordomo|mailman"
    r"|.*-(?:owner|bounces)|owner-.*|root|cron|daemon|www-data|nobody",
    re.IGNORECASE,
)

_SUBJECT = re.compile(
    r"\s*(?:(?:re|aw|sv|antw|odp|vs|ris|res|rif|ynt|回复|答复)\s?[:：]\s*){0,5}"
    rf"(?:{'|'.join(SUBJECTS.values())})",
    re.IGNORECASE,
)


def reason(
    headers: Headers, *, from_email: str, subject: str, return_path: str | None, is_report: bool
) -> str:
    """Why a mail counts as automatic, in a sentence; "" when a person wrote it.

    `Precedence: list` is not enough: a client may write through a list. Neither is
    `Auto-Submitted: auto-forwarded`: a person wrote what is forwarded.
    """
    submitted = headers.line("auto-submitted").lower()
    if submitted and not submitted.startswith(("no", "auto-forwarded")):
        return f"Its header says Auto-Submitted: {submitted[:60]}."
    if is_report:
        return "It is a delivery or reading report."
    for name in ("precedence", "x-precedence"):
        if (precedence := headers.line(name).lower()) in _PRECEDENCE:
            return f"Its header says Precedence: {precedence}."
    return _by_header(headers) or _by_sender(headers, from_email, subject, return_path)


def is_robot(email: str) -> bool:
    """Whether an address is one that takes no answers."""
    local = email.partition("@")[0]
    return bool(local) and _ROBOT.fullmatch(local) is not None


def _by_header(headers: Headers) -> str:
    if _SUPPRESS.search(headers.line("x-auto-response-suppress")):
        return "Its sender asks for no automatic answer (X-Auto-Response-Suppress)."
    if headers.line("x-apple-action").lower() == "vacation":
        return "Its header says X-Apple-Action: vacation."
    if headers.line("x-loop").lower() in ("yes", "true", "1"):
        return "It carries the header x-loop."
    if headers.line("x-amazon-mail-relay-type").lower() == "notification":
        return "It is a notification of Amazon."
    if headers.line("delivered-to").lower() == "autoresponder":
        return "It was delivered by an autoresponder."
    for name in headers.names():
        if _MARK.fullmatch(name) and headers.line(name).lower() not in _NEGATIVE:
            return f"It carries the header {name}."
    return ""


def _by_sender(headers: Headers, from_email: str, subject: str, return_path: str | None) -> str:
    if return_path == "":
        return "It was sent with an empty return path."
    if is_robot(from_email):
        return f"Its sender takes no answers ({from_email[:80]})."
    if _SUBJECT.match(subject):
        return "Its subject is that of an automatic reply."
    if "list-unsubscribe" in headers and not _is_discussion(headers):
        return "It is a notice that one can unsubscribe from."
    return ""


def _is_discussion(headers: Headers) -> bool:
    """Whether a mail came through a list to which people write."""
    precedence = headers.line("precedence").lower()
    return precedence == "list" or "list-post" in headers or "list-archive" in headers
