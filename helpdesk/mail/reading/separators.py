"""Lines that part a reply from what it answers: "Original Message" and our own marker; and the
lines that begin a forwarded mail, which is not a quote."""

import re

from .lines import Line

#: What our own mails say at their top; anything below it in a reply is ours.
REPLY_MARKER = "## Please type your reply above this line ##"

_ORIGINAL = (
    "original message", "reply message", "original email", "original mail", "original",
    "begin original message", "message d'origine", "message d’origine", "message original",
    "message initial", "ursprüngliche nachricht", "ursprüngliche mail", "originalnachricht",
    "original nachricht", "original-nachricht", "antwort nachricht", "originalmail",
    "mensaje original", "mensagem original", "messaggio originale", "messaggio originario",
    "oorspronkelijk bericht", "origineel bericht", "oorspronkelijke bericht",
    "oprindelig meddelelse", "oprindelig besked", "original meddelelse", "opprinnelig melding",
    "opprinnelig e-post", "original melding", "original meddelande", "originalmeddelande",
    "ursprungligt meddelande", "ursprungsmeddelande", "alkuperäinen viesti",
    "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość pierwotna", "původní zpráva",
    "původní e-mail", "pôvodná správa", "eredeti üzenet", "mesaj original", "mesajul original",
    "исходное сообщение", "оригинальное сообщение", "первоначальное сообщение",
    "вихідне повідомлення", "оригінальне повідомлення", "оригинално съобщение",
    "originalna poruka", "izvorna poruka", "izvirno sporočilo", "orijinal mesaj", "özgün ileti",
    "özgün mesaj", "asıl mesaj", "αρχικό μήνυμα", "πρωτότυπο μήνυμα", "הודעה מקורית",
    "ההודעה המקורית", "الرسالة الأصلية", "رسالة أصلية", "元のメッセージ", "オリジナルメッセージ",
    "元のメール", "原始邮件", "原邮件", "原始消息", "原始郵件", "原始訊息", "原始信件", "원본 메시지",
    "원본 메일", "원본 이메일", "tin nhắn gốc", "thư gốc", "pesan asli", "mesej asal",
    "missatge original", "algne kiri", "sākotnējais ziņojums", "originalus laiškas",
    "upprunaleg skilaboð",
)  # fmt: skip
_FORWARDED = (
    "forwarded message", "begin forwarded message", "forwarded mail", "forwarded by",
    "weitergeleitete nachricht", "weitergeleitete e-mail", "anfang der weitergeleiteten nachricht",
    "anfang der weitergeleiteten e-mail", "message transféré", "message réexpédié",
    "début du message réexpédié", "début du message transféré", "mensaje reenviado",
    "inicio del mensaje reenviado", "mensagem encaminhada", "mensagem reencaminhada",
    "início da mensagem encaminhada", "início da mensagem reencaminhada", "messaggio inoltrato",
    "inizio messaggio inoltrato", "inizio del messaggio inoltrato", "doorgestuurd bericht",
    "begin doorgestuurd bericht", "videresendt meddelelse", "videresendt besked",
    "videresendt melding", "start på videresendt besked", "videresendt e-post",
    "vidarebefordrat meddelande", "vidarebefordrat mejl", "vidarebefordrat brev",
    "välitetty viesti", "edelleenlähetetty viesti", "przekazana wiadomość",
    "wiadomość przekazana dalej", "początek przekazywanej wiadomości", "přeposlaná zpráva",
    "přeposlaný e-mail", "preposlaná správa", "továbbított üzenet", "továbbított levél",
    "mesaj redirecționat", "mesaj redirectionat", "пересылаемое сообщение",
    "переадресованное сообщение", "пересланное сообщение", "начало переадресованного сообщения",
    "переслане повідомлення", "iletilen mesaj", "yönlendirilmiş ileti", "iletilen ileti",
    "προωθημένο μήνυμα", "הודעה שהועברה", "رسالة معاد توجيهها", "الرسالة المعاد توجيهها",
    "転送されたメッセージ", "転送メッセージ", "転送されたメール", "转发的邮件", "转发邮件信息", "转发邮件",
    "轉寄的郵件", "轉寄郵件", "전달된 메시지", "전달된 메일", "thư được chuyển tiếp", "tin nhắn chuyển tiếp",
    "pesan terusan", "pesan yang diteruskan", "missatge reenviat", "proslijeđena poruka",
    "posredovano sporočilo", "препратено съобщение",
)  # fmt: skip
_ORIGINAL_WORDS, _FORWARDED_WORDS = frozenset(_ORIGINAL), frozenset(_FORWARDED)
_LONGEST = max(len(word) for word in (*_ORIGINAL, *_FORWARDED)) + 60
_EDGE = " \t\u00a0-–—_=*<>|#·:：.~+[]"
_DASHES = re.compile(r"[-–—_=*<>]{2,}")
_RULE = re.compile(r"[ \t]*[-–—_=*~ ]{5,}[ \t]*|[ \t]*\* \* \*[ \t]*")
_DAVID = re.compile(r"\W{0,3}original message processed by", re.IGNORECASE)

_ABOVE = re.compile(
    r"(?:reply|respon[ds]|answer|type|write|text|comment)\b.{0,60}\babove this\b"
    r"|above this .{0,20}(?:line|email|text).{0,40}(?:reply|respond|answer)"
    r"|do not (?:type|write|reply).{0,20}below this line"
    r"|(?:oberhalb|über) (?:dieser|der) (?:zeile|linie)|au[- ]dessus de cette ligne"
    r"|(?:por )?encima de esta línea|acima desta linha|sopra (?:a )?questa (?:riga|linea)"
    r"|boven deze (?:lijn|regel)|powyżej tej linii|nad (?:tento|tímto) řádk"
    r"|(?:выше|над) (?:этой|этой) (?:строк|черт|лини)|ovenfor denne linje|ovanför (?:den här|denna) rad"
    r"|tämän (?:viivan|rivin) yläpuolelle|bu (?:satırın|çizginin) üst"
    r"|この行(?:より|の)上|(?:此行|这一行|該行|此线|此線)(?:的)?(?:之|以)?上|이 (?:줄|선) 위",
    re.IGNORECASE,
)
_ABOVE_HINTS = (
    "above this", "below this", "oberhalb", "über die", "dessus de", "encima de", "acima des",
    "sopra", "boven deze", "powyżej tej", "nad tento", "nad tímto", "выше эт", "над эт", "ovenfor denne",
    "ovanför", "yläpuolelle", "bu satır", "bu çizgi", "この行", "此行", "这一行", "該行", "此线",
    "此線", "이 줄", "이 선",
)  # fmt: skip


def kind_of(line: Line) -> str:
    """ "original" for `-----Original Message-----` in any of the known tongues, "forward" for the
    line above a forwarded mail, "" for any other."""
    text = line.text.strip()
    if not 5 < len(text) <= _LONGEST:
        return ""
    ends_with_colon = text[-1] in ":："
    if text[0] not in _EDGE and not ends_with_colon:
        return "original" if _DAVID.match(text) else ""
    words, dashed = text.strip(_EDGE).casefold(), _DASHES.search(text) is not None
    if dashed and words in _ORIGINAL_WORDS:
        return "original"
    if (dashed or ends_with_colon) and (
        words in _FORWARDED_WORDS or words.startswith("forwarded by ")
    ):
        return "forward"
    return "original" if _DAVID.match(text) else ""


def is_rule(line: Line) -> bool:
    """A line drawn with dashes or underscores."""
    return _RULE.fullmatch(line.text) is not None and len(line.text.strip()) >= 5


def may_have_marker(text: str) -> bool:
    """A cheap question about a whole text: could a "reply above this line" be in it?"""
    folded = text.casefold()
    return any(hint in folded for hint in _ABOVE_HINTS)


def is_marker(line: Line, following: Line | None) -> bool:
    """Our marker, or another desk's, perhaps broken over two lines."""
    text = line.text
    joined = text if following is None else f"{text} {following.text}"
    if len(joined) > 300 or not may_have_marker(joined):
        return False
    found = _ABOVE.search(text)
    if found is None:
        found = _ABOVE.search(joined)
        if found is not None and found.start() > len(text):
            return False
    return found is not None
