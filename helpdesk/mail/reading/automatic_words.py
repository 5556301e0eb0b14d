"""How the subjects of automatic answers begin, in the words of many programs and languages."""

SUBJECTS = {
    "English": (
        r"\[auto[- ]?generated\]"
        r"|\[?auto(?:matic|mated)?[- _]?"
        r"(?:reply|response|respond|responder|respons|message|answer)?\]?\s*[:：]"
        r"|auto(?:matic|mated|matically generated)?[- ]?(?:e-?mail )?"
        r"(?:repl(?:y|ies)|response|responder|answer|message)\b|auto-?respon[sd]"
        r"|out[- ]of[- ](?:the[- ])?office\b|ooo\s*[:：]"
        r"|(?:on )?(?:vacation|annual leave|leave)\s*[:：]"
        r"|(?:i am|i'm) (?:currently )?(?:away|on leave|on vacation|out of)\b"
        r"|away from (?:the |my )?(?:office|desk|mail)"
    ),
    "German": (
        r"automatische (?:antwort|e-?mail|nachricht|rückantwort|empfangsbestätigung)"
        r"|autom(?:at)?\. antwort|abwesend\b|nicht im (?:büro|haus)\b"
        r"|abwesenheits?(?:notiz|nachricht|meldung|assistent|benachrichtigung)?\b"
        r"|urlaubs(?:nachricht|vertretung|benachrichtigung)|empfangsbestätigung\s*[:：]"
    ),
    "French": (
        r"réponse auto(?:matique)?\b|message automatique|absen(?:ce|t) du bureau"
        r"|en (?:congés?|vacances)\b"
    ),
    "Spanish, Catalan, Portuguese": (
        r"respuesta automática|resposta autom[aàá]tica|mens(?:aje|agem) automátic[oa]"
        r"|(?:fuera|ausente) de (?:la )?oficina|fora do escritório|ausência temporária"
        r"|ausente do escritório"
    ),
    "Italian": (
        r"(?:risposta|messaggio) automatic[ao]|risposta non al computer|fuori (?:sede|ufficio)"
        r"|assenza dall'ufficio"
    ),
    "Dutch": (
        r"automatische? (?:antwoord|bericht|beantwoording|reactie)|automatisch antwoord"
        r"|afwezigheids?(?:bericht|melding|assistent)?\b|niet aanwezig\b|afwezig\s*[:：]"
    ),
    "Nordic": (
        r"auto(?:matisk|matiskt)?[- ]?svar\b|frånvaro|fravær|ikke til stede"
        r"|(?:ikke på|inte på) kontoret|automaattinen vastaus|poissaolo|poissa toimistolta"
        r"|sjálfvirkt svar"
    ),
    "Polish": (
        r"automatyczna odpowiedź|autoodpowiedź|odpowiedź automatyczna|poza biurem|nieobecność\b"
    ),
    "Czech, Slovak": r"automatická odpov[eě]ď|mimo kancelář|nepřítomnost|neprítomnosť",
    "Hungarian, Romanian": (
        r"automatikus válasz|(?:házon|irodán) kívül|szabadság\s*[:：]|răspuns automat"
        r"|în afara biroului"
    ),
    "Russian, Ukrainian, Bulgarian": (
        r"автоматический ответ|автоответ|нет на месте|вне офиса|автовідповідь"
        r"|автоматична відповідь|автоматичен отговор"
    ),
    "Croatian, Slovenian, Baltic": (
        r"automatski odgovor|samodejni odgovor|automaatvastus|automātiska atbilde"
        r"|automatinis atsakymas"
    ),
    "Turkish, Greek": (r"otomatik (?:yanıt|cevap)|ofis dışında|αυτόματη απάντηση|εκτός γραφείου"),
    "Hebrew, Arabic": (r"תשובה אוטומטית|מענה אוטומטי|מחוץ למשרד|رد تلقائي|رد آلي|خارج المكتب"),
    "Japanese, Chinese, Korean": (
        r"【?自動(?:応答|返信|回覆|回复)】?|不在(?:通知|連絡|のお知らせ)|自动(?:答复|回复)"
        r"|外出(?:通知|回复|回覆)|자동\s?(?:회신|응답|답장)|부재중"
    ),
    "Vietnamese, Indonesian, Thai": (
        r"(?:thư )?trả lời tự động|vắng mặt|balasan otomatis|jawapan automatik|ตอบกลับอัตโนมัติ"
    ),
}
