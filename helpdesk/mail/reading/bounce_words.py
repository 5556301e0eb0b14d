"""The words of delivery reports: who sends them, how they begin, what they say."""

import re

#: Local parts of servers that return mail.
DAEMON = re.compile(
    r"(?:mailer[-_]?daemon|mail[-_.]?daemon|mdaemon|mail[-_]?delivery(?:[-_]?(?:sub)?system)?"
    r"|post[-_]?master|mmdf|uucp|smtp[-_]?daemon|double-bounce)(?:$|[^a-z])",
    re.IGNORECASE,
)
DAEMON_NAME = re.compile(
    r"mail(?:er)?[- ]?(?:delivery|deliver|daemon)|delivery (?:sub)?system|mail administrator"
    r"|system administrator|microsoft outlook$|microsoft exchange|postmaster|mail system"
    r"|internet mail delivery|ndr administrator|content-filter",
    re.IGNORECASE,
)

_FAILURES = {
    "English, what happened to the mail": (
        r"undeliver(?:able|ed)|non[- ]?deliver|not (?:be |been )?delivered|couldn't be delivered"
        r"|delivery (?:status )?(?:notification|failure|failed|report|problem|error|unsuccessful)"
        r"|delivery (?:has|was|could not)|delivery to the following|delivery problems?"
        r"|failed delivery|failure notice|fail(?:ure|ed) (?:delivery|notification|mail)"
        r"|returned (?:e-?)?mail|return(?:ed|ing) (?:to sender|message)|here is your returned"
        r"|mail (?:could not|system error|delivery|undeliverable|failure)|mail rejected"
        r"|message (?:could not|not delivered|delivery|was not|undeliverable|rejected)"
        r"|message status - undeliverable|(?:could|can|did) ?not (?:be )?(?:deliver|sen[dt])"
        r"|(?:could|can|did) ?not (?:be )?(?:reach|receive)|unable to (?:be )?deliver"
        r"|did not receive a copy of your message|machine generated message from mail"
        r"|bounced?\b|rejected (?:your|the|by)|error\(s\) in forwarding"
    ),
    "English, why": (
        r"(?:user|recipient|address|mailbox|userid|account|host|domain)s? (?:is |was )?"
        r"(?:unknown|rejected|not found|unavailable|invalid|disabled|full|does(?: not|n't) exist)"
        r"|(?:unknown|invalid|no such) (?:final delivery )?"
        r"(?:user|recipient|mailbox|address|account|host|domain)|mailbox (?:name )?not"
        r"|no mailbox|not listed in|permanent (?:fatal )?error|fatal errors|could not be reached"
        r"|over(?: its)? quota|quota exceeded|address(?:es)? (?:failed|had)|list of failed"
        r"|failed (?:recipients|addresses)|error-for:|intended recipient|transaction failed"
        r"|transcript of session"
    ),
    "German": (
        r"unzustellbar|nicht (?:zugestellt|zustellbar|übermittelt|erreicht)|übermittlungsstatus"
        r"|zustellung (?:fehlgeschlagen|nicht)|zustellbarkeit|fehlgeschlagen"
    ),
    "French": (
        r"non (?:remis|distribu|délivré)|échec de (?:la )?(?:remise|distribution)"
        r"|notification d'état de remise|impossible de (?:remettre|distribuer)"
    ),
    "Spanish, Portuguese": (
        r"no (?:se )?(?:ha )?(?:podido |pudo )?(?:ser )?entrega|devuelto|estado de (?:la )?entrega"
        r"|não (?:foi )?(?:possível )?entreg|falha na entrega|status de entrega"
    ),
    "Italian, Dutch": (
        r"non recapitabile|mancat[ao] (?:recapito|consegna)|impossibile recapitare"
        r"|notifica (?:di|dello) stato|onbestelbaar|niet (?:worden )?(?:bezorgd|afgeleverd)"
    ),
    "Nordic": (
        r"kunde inte levereras|oleveransbar|(?:kunne )?ikke (?:leveres|levert)|uleverlig"
        r"|toimittaminen epäonnistui"
    ),
    "Central European": (
        r"nie(?:\s?dostarczon| można dostarczyć)|zwrot poczty|nedoruč|kézbesíthetetlen"
        r"|nem (?:sikerült )?kézbesít|nu a (?:putut|fost) (?:fi )?livrat"
    ),
    "Russian, Ukrainian, Turkish, Greek": (
        r"не (?:было )?доставлен|недоставлен|не удалось доставить|не вдалося доставити"
        r"|teslim edilemedi|iletilemedi|αποτυχία παράδοσης"
    ),
    "East Asian": (
        r"配信(?:不能|エラー|できません)|送信できません|メールエラー|配送(?:エラー|失敗)|不達"
        r"|宛先.{0,10}(?:不明|見つかり)|無法(?:傳遞|投遞|送達)|无法(?:投递|送达|发送)|退信|被退回"
        r"|投递失败|배달(?:되지|하지|할 수)|전송(?:되지|실패)|반송"
    ),
}
FAILED = re.compile("|".join(_FAILURES.values()), re.IGNORECASE)

DELAYED = re.compile(
    r"(?:delivery|mail|message) (?:is |was |has been |status notification \()?"
    r"(?:temporarily )?delay|\bdelayed\b|\(delay\)|warning: (?:could not send|message)"
    r"|still being retried|will (?:keep trying|be retried|continue to (?:try|be made))"
    r"|attempts will continue|not yet been delivered|no action is required"
    r"|you do(?: not|n't) need to (?:resend|take any)|advisory-only|has been postponed"
    r"|just a warning|warning message only|verzögert|wird weiterhin versucht|\bretardée?\b"
    r"|en retraso|in ritardo|vertraagd|försenad|forsinket|opóźnien",
    re.IGNORECASE,
)

#: How the text of a report begins, whoever sends it.
OPENING = re.compile(
    r"\s*(?:hi[.!] this is the (?:qmail|mta|deliver|mail)|hi\. the mta program"
    r"|this is the (?:mail (?:system|delivery)|qmail|postfix|mda|email server at)"
    r"|this message was created automatically by (?:the )?mail"
    r"|this is an automatically generated delivery|this is a permanent error"
    r"|a message that you (?:have )?sent could not be delivered|the following addresses had"
    r"|\W{0,5}this report relates to a message you sent|unable to deliver message to"
    r"|your (?:message|mail|e-?mail) (?:did not reach|was not delivered|could not be delivered)"
    r"|your message\s{1,8}(?:to|subject):.{1,400}?\s(?:did not reach|was not delivered)"
    r"|i'm afraid i wasn't able to deliver|\W{0,60}the original message was received at"
    r"|dies ist eine automatisch erstellte benachrichtigung"
    r"|message from .{1,80}unable to deliver|error: invalid user address)",
    re.IGNORECASE | re.DOTALL,
)
