"""What programs write between a reply and the mail below it, language by language."""

ORIGINAL = frozenset(
    {
        "original message", "reply message", "original email", "original mail", "original",
        "begin original message",
        "ursprüngliche nachricht", "ursprüngliche mail", "originalnachricht", "originalmail",
        "original nachricht", "original-nachricht", "antwort nachricht",
        "message d'origine", "message d’origine", "message original", "message initial",
        "mensaje original", "missatge original", "mensagem original",
        "messaggio originale", "messaggio originario",
        "oorspronkelijk bericht", "oorspronkelijke bericht", "origineel bericht",
        "oprindelig meddelelse", "oprindelig besked", "original meddelelse",
        "opprinnelig melding", "opprinnelig e-post", "original melding",
        "original meddelande", "originalmeddelande", "ursprungligt meddelande",
        "ursprungsmeddelande", "alkuperäinen viesti", "algne kiri", "upprunaleg skilaboð",
        "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość pierwotna",
        "původní zpráva", "původní e-mail", "pôvodná správa", "eredeti üzenet",
        "mesaj original", "mesajul original",
        "исходное сообщение", "оригинальное сообщение", "первоначальное сообщение",
        "вихідне повідомлення", "оригінальне повідомлення", "оригинално съобщение",
        "originalna poruka", "izvorna poruka", "izvirno sporočilo",
        "sākotnējais ziņojums", "originalus laiškas",
        "orijinal mesaj", "özgün ileti", "özgün mesaj", "asıl mesaj",
        "αρχικό μήνυμα", "πρωτότυπο μήνυμα", "הודעה מקורית", "ההודעה המקורית",
        "الرسالة الأصلية", "رسالة أصلية",
        "元のメッセージ", "オリジナルメッセージ", "元のメール",
        "原始邮件", "原邮件", "原始消息", "原始郵件", "原始訊息", "原始信件",
        "원본 메시지", "원본 메일", "원본 이메일",
        "tin nhắn gốc", "thư gốc", "pesan asli", "mesej asal",
    }
)  # fmt: skip

FORWARDED = frozenset(
    {
        "forwarded message", "begin forwarded message", "forwarded mail", "forwarded by",
        "weitergeleitete nachricht", "weitergeleitete e-mail",
        "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail",
        "message transféré", "message réexpédié", "début du message réexpédié",
        "début du message transféré",
        "mensaje reenviado", "inicio del mensaje reenviado", "missatge reenviat",
        "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem encaminhada",
        "início da mensagem reencaminhada",
        "messaggio inoltrato", "inizio messaggio inoltrato", "inizio del messaggio inoltrato",
        "doorgestuurd bericht", "begin doorgestuurd bericht",
        "videresendt meddelelse", "videresendt besked", "videresendt melding",
        "videresendt e-post", "start på videresendt besked",
        "vidarebefordrat meddelande", "vidarebefordrat mejl", "vidarebefordrat brev",
        "välitetty viesti", "edelleenlähetetty viesti",
        "przekazana wiadomość", "wiadomość przekazana dalej", "początek przekazywanej wiadomości",
        "přeposlaná zpráva", "přeposlaný e-mail", "preposlaná správa",
        "továbbított üzenet", "továbbított levél", "mesaj redirecționat", "mesaj redirectionat",
        "пересылаемое сообщение", "переадресованное сообщение", "пересланное сообщение",
        "начало переадресованного сообщения", "переслане повідомлення", "препратено съобщение",
        "proslijeđena poruka", "posredovano sporočilo",
        "iletilen mesaj", "iletilen ileti", "yönlendirilmiş ileti", "προωθημένο μήνυμα",
        "הודעה שהועברה", "رسالة معاد توجيهها", "الرسالة المعاد توجيهها",
        "転送されたメッセージ", "転送メッセージ", "転送されたメール",
        "转发的邮件", "转发邮件信息", "转发邮件", "轉寄的郵件", "轉寄郵件",
        "전달된 메시지", "전달된 메일",
        "thư được chuyển tiếp", "tin nhắn chuyển tiếp", "pesan terusan",
        "pesan yang diteruskan",
    }
)  # fmt: skip

#: "Please type your reply above this line", as regular expressions.
ABOVE = (
    r"(?:reply|respon[ds]|answer|type|write|text|comment)\b.{0,60}\babove this\b",
    r"above this .{0,20}(?:line|email|text).{0,40}(?:reply|respond|answer)",
    r"do not (?:type|write|reply).{0,20}below this line",
    r"(?:oberhalb|über) (?:dieser|der) (?:zeile|linie)",
    r"au[- ]dessus de cette ligne",
    r"(?:por )?encima de esta línea",
    r"acima desta linha",
    r"sopra (?:a )?questa (?:riga|linea)",
    r"boven deze (?:lijn|regel)",
    r"powyżej tej linii",
    r"nad (?:tento|tímto) řádk",
    r"(?:выше|над) этой (?:строк|черт|лини)",
    r"ovenfor denne linje",
    r"ovanför (?:den här|denna) rad",
    r"tämän (?:viivan|rivin) yläpuolelle",
    r"bu (?:satırın|çizginin) üst",
    r"この行(?:より|の)上",
    r"(?:此行|这一行|該行|此线|此線)(?:的)?(?:之|以)?上",
    r"이 (?:줄|선) 위",
)

#: One of these stands in every text that has such a line; a cheap first question.
ABOVE_HINTS = (
    "above this", "below this", "oberhalb", "über die", "dessus de", "encima de", "acima des",
    "sopra", "boven deze", "powyżej tej", "nad tento", "nad tímto", "выше эт", "над эт",
    "ovenfor denne", "ovanför", "yläpuolelle", "bu satır", "bu çizgi", "この行", "此行", "这一行",
    "該行", "此线", "此線", "이 줄", "이 선",
)  # fmt: skip
