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

_FAILURES = (
    r"undeliver(?:able|ed)", r"non[- ]?deliver", r"not (?:be |been )?delivered", r"couldn't be delivered",
    r"delivery (?:status )?(?:notification|failure|failed|report|problem|error|unsuccessful)",
    r"delivery (?:has|was|could not)", r"delivery to the following", r"failed delivery",
    r"returned (?:e-?)?mail", r"return(?:ed|ing) (?:to sender|message)", r"here is your returned",
    r"mail (?:could not|system error|delivery|undeliverable|failure)", r"failure notice",
    r"fail(?:ure|ed) (?:delivery|notification|mail|recipients|addresses)", r"list of failed",
    r"message (?:could not|not delivered|delivery|was not|undeliverable|status - undeliverable)",
    r"(?:could|can|did) ?not (?:be )?(?:deliver|sen[dt]|reach|receive)", r"unable to (?:be )?deliver",
    r"(?:user|recipient|address|mailbox|userid|account|host|domain)s? (?:is |was )?(?:unknown|rejected"
    r"|not found|unavailable|invalid|disabled|full|does(?: not|n't) exist)", r"(?:unknown|invalid|no such)"
    r" (?:final delivery )?(?:user|recipient|mailbox|address|account|host|domain)", r"mailbox (?:name )?not",
    r"permanent (?:fatal )?error", r"fatal errors", r"bounced?\b", r"over(?: its)? quota",
    r"quota exceeded", r"message rejected", r"rejected (?:your|the|by)", r"mail rejected",
    r"could not be reached", r"delivery problems?", r"address(?:es)? (?:failed|had)", r"error-for:",
    r"not listed in", r"no mailbox", r"intended recipient", r"machine generated message from mail",
    r"transcript of session", r"transaction failed", r"did not receive a copy of your message",
    # German, French, Spanish, Italian, Portuguese, Dutch
    r"unzustellbar", r"nicht (?:zugestellt|zustellbar|übermittelt|erreicht)", r"übermittlungsstatus",
    r"zustellung (?:fehlgeschlagen|nicht)", r"zustellbarkeit", r"fehlgeschlagen",
    r"non (?:remis|distribu|délivré)", r"échec de (?:la )?(?:remise|distribution)", r"notification d'état de remise",
    r"impossible de (?:remettre|distribuer)", r"non recapitabile", r"mancat[ao] (?:recapito|consegna)",
    r"impossibile recapitare", r"notifica (?:di|dello) stato", r"no (?:se )?(?:ha )?(?:podido |pudo )?(?:ser )?entrega",
    r"devuelto", r"estado de (?:la )?entrega", r"não (?:foi )?(?:possível )?entreg", r"falha na entrega",
    r"status de entrega", r"onbestelbaar", r"niet (?:worden )?(?:bezorgd|afgeleverd)",
    # Nordic, Polish, Czech, Hungarian, Romanian
    r"kunde inte levereras", r"oleveransbar", r"(?:kunne )?ikke (?:leveres|levert)", r"uleverlig",
    r"toimittaminen epäonnistui", r"nie(?:\s?dostarczon| można dostarczyć)", r"zwrot poczty", r"nedoruč",
    r"kézbesíthetetlen", r"nem (?:sikerült )?kézbesít", r"nu a (?:putut|fost) (?:fi )?livrat",
    # Russian, Ukrainian, Turkish, Greek
    r"не (?:было )?доставлен", r"недоставлен", r"не удалось доставить", r"не вдалося доставити",
    r"teslim edilemedi", r"iletilemedi", r"αποτυχία παράδοσης",
    # Japanese, Chinese, Korean
    r"配信(?:不能|エラー|できません)", r"送信できません", r"メールエラー", r"error\(s\) in forwarding", r"配送(?:エラー|失敗)", r"不達", r"宛先.{0,10}(?:不明|見つかり)",
    r"無法(?:傳遞|投遞|送達)", r"无法(?:投递|送达|发送)", r"退信", r"被退回", r"投递失败", r"배달(?:되지|하지|할 수)",
    r"전송(?:되지|실패)", r"반송",
)  # fmt: skip
FAILED = re.compile("|".join(_FAILURES), re.IGNORECASE)

DELAYED = re.compile(
    r"(?:delivery|mail|message) (?:is |was |has been |status notification \()?(?:temporarily )?delay"
    r"|\bdelayed\b|\(delay\)|warning: (?:could not send|message)|still being retried"
    r"|will (?:keep trying|be retried|continue to (?:try|be made))|attempts will continue"
    r"|not yet been delivered|no action is required|you do(?: not|n't) need to (?:resend|take any)"
    r"|advisory-only|has been postponed|just a warning|warning message only"
    r"|verzögert|wird weiterhin versucht|\bretardée?\b|en retraso|in ritardo|vertraagd|försenad"
    r"|forsinket|opóźnien",
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
    r"|dies ist eine automatisch erstellte benachrichtigung|message from .{1,80}unable to deliver"
    r"|error: invalid user address)",
    re.IGNORECASE | re.DOTALL,
)
