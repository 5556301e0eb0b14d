"""Delivery reports: what failed, for whom, and which of our mails came back.

Known are the standard report (RFC 3464), X-Failed-Recipients, and the plain texts of qmail, Exim,
Exchange and others. A delay (4.x) or a success report is no failure, and a mail that merely
carries an old mail is no report.
"""

import re

from . import addresses, headers, message_ids
from .defects import Defects
from .headers import Headers
from .record import Bounce
from .structure import Part

_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_RETURNED_TYPES = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/global",
    "message/rfc822-headers",
)
_FIELD = re.compile(r"^([A-Za-z-]{4,40}):[ \t]*(.{1,500})", re.MULTILINE)
_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<!\d)([45])\d\d[ -]")
_ID_LINE = re.compile(r"^[ \t>]*Message-ID:\s*(<[^<>\s]{1,998}>)", re.IGNORECASE | re.MULTILINE)
_NAMED = re.compile(
    r"^[ \t]*(?:<|rcpt to:\s*<|recipient:?\s*<?|to:\s*<?)?([^\s<>@:;,\"']{1,64}@[\w.-]{1,190})>?[ \t]*(?:[:;.,(].*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_DAEMON = re.compile(
    r"(?:mailer[-_]?daemon|mail[-_]?daemon|mailerdaemon|maildeliverysystem|mdaemon|mail[-_]?delivery"
    r"(?:[-_]?(?:sub)?system)?|post[-_]?master|mmdf|uucp|smtp-?daemon|double-bounce|mail\.?daemon)(?:$|[^a-z])",
    re.IGNORECASE,
)
_DAEMON_NAME = re.compile(
    r"mail(?:er)?[- ]?(?:delivery|daemon)|delivery (?:sub)?system|mail administrator|system administrator"
    r"|microsoft outlook$|postmaster|internet mail delivery|ndr administrator|content-filter",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"undeliver|not (?:be )?delivered|non[- ]?deliver|delivery (?:status )?(?:notification|failure|failed"
    r"|report|problem|error|has failed|unsuccessful)|delivery to the following|returned (?:e-?)?mail"
    r"|return(?:ed|ing) (?:to sender|message)|mail (?:could not|system error|delivery (?:fail|error|problem))"
    r"|fail(?:ure|ed) (?:notice|delivery|notification|mail)|message (?:could not|not delivered|delivery failure|was not|undeliverable)"
    r"|(?:could|can) ?not (?:be )?(?:deliver|send)|couldn't be delivered|unable to deliver|unknown (?:user|recipient|address)"
    r"|user unknown|no such (?:user|recipient|mailbox|address)|mailbox (?:is )?(?:full|unavailable|not found)|rejected"
    r"|permanent (?:fatal )?error|bounced?\b|address (?:rejected|not found)|does(?: not|n't) exist|over quota|undelivered"
    r"|unzustellbar|nicht (?:zugestellt|zustellbar|übermittelt)|zustellung fehlgeschlagen|fehlgeschlagen|übermittlungsstatus"
    r"|non (?:remis|distribu|délivré)|échec de (?:la )?(?:remise|distribution)|impossible de (?:remettre|distribuer)"
    r"|non recapitabile|mancat[ao] (?:recapito|consegna)|impossibile recapitare|no (?:se )?(?:ha )?(?:podido entregar|entregado)"
    r"|devuelto|error de entrega|não (?:entregue|foi possível entregar)|falha na entrega|onbestelbaar|niet (?:worden )?bezorgd"
    r"|kunde inte levereras|oleveransbar|kunne ikke leveres|ikke leveres|uleverlig|toimittaminen epäonnistui|nie dostarczon"
    r"|niedostarczon|zwrot|nedoručiteln|nedoručen|kézbesíthetetlen|nem kézbesít|nu a (?:putut|fost) (?:fi )?livrat"
    r"|не (?:было )?доставлен|недоставлен|не удалось доставить|не доставлено|teslim edilemedi|iletilemedi|αποτυχία παράδοσης"
    r"|配信(?:不能|エラー|できません)|送信できません|配送(?:エラー|失敗)|不达|無法(?:傳遞|投遞|送達)|无法(?:投递|送达|发送)|退信|被退回|投递失败"
    r"|배달(?:되지|하지|할 수)|전송(?:되지|실패)|반송",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"(?:delivery|mail|message|zustellung) (?:is |was |has been |status notification \()?(?:temporarily )?(?:delay|verzögert)"
    r"|delayed(?: mail)?\b|warning: (?:could not send|message .{0,60}delayed)|still being retried|will (?:keep trying|be retried|continue to try)"
    r"|not yet been delivered|has not been delivered .{0,20}yet|no action is required|you do(?: not|n't) need to resend"
    r"|verzögert|wird weiterhin versucht|retard|en retraso|in ritardo|vertraagd|försenad|forsinket|opóźnien",
    re.IGNORECASE,
)
_ROBOT_TEXT = re.compile(
    r"\s*(?:hi\. this is the|hi\. the mta program|this is the (?:mail (?:system|delivery)|qmail|postfix|mda|mail delivery agent)"
    r"|this message was created automatically by (?:the )?mail|this is an automatically generated delivery"
    r"|a message that you (?:have )?sent could not be delivered|the following (?:addresses had|message to .{1,200} was undeliverable)"
    r"|\W{0,5}this report relates to a message you sent|unable to deliver message to|your (?:message|mail|e-?mail) (?:did not reach|was not delivered"
    r"|could not be delivered|to .{1,200} (?:could not|couldn't) be delivered)|your message\s+to:\s|message from .{1,80}unable to deliver"
    r"|i'm afraid i wasn't able to deliver|sorry,? (?:your message|it was not possible|we were unable)|dies ist eine automatisch erstellte benachrichtigung"
    r"|failed to deliver|your message cannot be delivered|\W{0,60}the original message was received at|this is a permanent error)",
    re.IGNORECASE,
)
_WINDOW = 20_000
_DELAY_WINDOW = 2_000
_MOST = 100


def judge(
    root: Part, *, from_email: str, from_name: str, subject: str, text: str, return_path: str | None
) -> Bounce | None:
    """The delivery report that a mail is, or None."""
    status_parts, returned = _report_parts(root)
    text = text[:_WINDOW]
    if not (status_parts and _is_report(root, status_parts)) and not _looks_like_one(
        root.headers, from_email, from_name, subject, text, return_path
    ):
        return None
    fields = [
        _FIELD.findall(part.content()[:_WINDOW].decode("ascii", "replace")) for part in status_parts
    ]
    flat = [(name.lower(), value.strip()) for group in fields for name, value in group]
    status = _status(flat, f"{subject}\n{text}")
    return Bounce(
        outcome=_outcome(flat, status, subject, text),
        status=status,
        recipients=_recipients(root.headers, flat, text),
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


def _looks_like_one(
    head: Headers, from_email: str, from_name: str, subject: str, text: str, return_path: str | None
) -> bool:
    if "x-failed-recipients" in head:
        return True
    local = from_email.partition("@")[0]
    daemon = (
        _DAEMON.match(local)
        or _DAEMON.match(head.text("from").lstrip(' "<'))
        or (_DAEMON_NAME.search(from_name))
    )
    fails = _FAILED.search(subject) or _DELAYED.search(subject)
    if daemon and (fails or _FAILED.search(text[:4_000])):
        return True
    if _ROBOT_TEXT.match(text) and (daemon or fails or return_path == ""):
        return True
    return bool(return_path == "" and _FAILED.search(subject))


def _status(fields: list[tuple[str, str]], text: str) -> str:
    """The code that weighs most: a permanent failure before a delay before a success."""
    codes = [
        found[1] for name, value in fields if name == "status" and (found := _CODE.search(value))
    ]
    if not codes:
        codes = [
            found[1]
            for name, value in fields
            if name == "diagnostic-code" and (found := _CODE.search(value))
        ]
    codes = codes or _CODE.findall(text)
    return max(codes, key=lambda code: "245".index(code[0]), default="")


def _outcome(fields: list[tuple[str, str]], status: str, subject: str, text: str) -> str:
    actions = {value.split()[0].lower() for name, value in fields if name == "action" and value}
    if any(action.startswith("fail") for action in actions):
        return "failed"
    if any(action.startswith("delay") for action in actions):
        return "delayed"
    if actions or (status[:1] == "2" and not _FAILED.search(subject)):
        return "delivered"
    delayed = _DELAYED.search(subject) or (
        status[:1] != "5" and _DELAYED.search(text[:_DELAY_WINDOW])
    )
    return "delayed" if delayed else "failed"


def _recipients(head: Headers, fields: list[tuple[str, str]], text: str) -> tuple[str, ...]:
    found: list[str] = []
    for wanted in ("original-recipient", "final-recipient"):
        values = [value.rpartition(";")[2] for name, value in fields if name == wanted]
        found = found or [email for value in values if (email := addresses.usable(value))]
    if not found:
        found = [
            a.email for field in head.texts("x-failed-recipients") for a in addresses.parse(field)
        ]
    if not found:
        found = [
            email for each in _NAMED.findall(text)[:_MOST] if (email := addresses.usable(each))
        ]
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
        found = [
            *message_ids.parse(head.text("in-reply-to")),
            *message_ids.parse(head.text("references")),
        ]
    return tuple(dict.fromkeys(found))[:_MOST]
