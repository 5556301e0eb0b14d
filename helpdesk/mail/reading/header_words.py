"""What languages call the fields of a mail header when a program writes them into a text."""

_WORDS = {
    "from": (
        "from|von|absender|de|expéditeur|remitente|remetente|da|mittente|van|afzender|fra|afsender"
        "|avsender|från|avsändare|lähettäjä|od|nadawca|odesílatel|odosielateľ|feladó|feladja"
        "|expeditor|de la|exp|от|от кого|отправитель|від|від кого|відправник|šalje|nuo|no|saatja"
        "|frá|kimden|gönderen|από|αποστολέας|מאת|من|差出人|送信者|发件人|发信人|寄件者|寄件人"
        "|發件人|보낸 사람|보낸사람|từ|người gửi|dari|pengirim|จาก"
    ),
    "date": (
        "sent|sent at|date|received|when|datum|gesendet|gesendet am|envoyé|envoyée|envoyé le"
        "|date d'envoi|message du|enviado|enviado el|enviado a|fecha|fecha de envío|enviada"
        "|enviada em|enviado em|data|enviat|inviato|inviato il|verzonden|verzonden op|verstuurd"
        "|sendt|dato|skickat|skickat den|lähetetty|päivämäärä|päiväys|pvm|wysłano|data wysłania"
        "|odesláno|odoslané|odoslal|dátum|elküldve|küldve|trimis|trimis la|отправлено|дата"
        "|надіслано|відправлено|изпратено|послато|poslano|poslané|saadetud|išsiųsta|nosūtīts"
        "|gönderildi|gönderilme tarihi|tarih|στάλθηκε|εστάλη|ημερομηνία|נשלח|תאריך"
        "|تاريخ الإرسال|التاريخ|أرسلت|تم الإرسال|送信日時|日時|日付|发送时间|发送日期|日期|時間"
        "|时间|寄件日期|傳送時間|傳送日期|보낸 날짜|보낸날짜|날짜|đã gửi|gửi|ngày|dikirim|tanggal"
        "|terkirim"
    ),
    "to": (
        "to|an|empfänger|à|a|pour|destinataire|para|destinatario|destinatário|per|aan|ontvanger"
        "|til|modtager|till|mottagare|vastaanottaja|do|komu|címzett|către|catre|кому|до|за|za"
        "|prima|saaja|kam|alıcı|kime|προς|אל|إلى|宛先|收件人|收件者|받는 사람|받는사람|đến|tới"
        "|người nhận|kepada|ถึง"
    ),
    "cc": (
        "cc|c.c.|bcc|cci|kopie|copie|copie à|copia|cópia|kopi|kopia|dw|kópia|másolat"
        "|másolatot kap|копия|копія|bilgi|κοιν|κοινοποίηση|עותק|نسخة|抄送|副本|참조|salinan"
        "|tembusan"
    ),
    "subject": (
        "subject|re|betreff|objet|sujet|asunto|assunto|assumpte|oggetto|onderwerp|emne|ämne|aihe"
        "|teema|temat|kwestia|předmět|predmet|tárgy|subiect|тема|относно|zadeva|naslov|tema|konu"
        "|θέμα|נושא|الموضوع|件名|主题|主旨|主題|标题|제목|chủ đề|tiêu đề|subjek|perihal"
    ),
    "other": (
        "reply-to|reply to|antwort an|répondre à|responder a|organization|organisation"
        "|attachments|attachment|anlagen|anlage|pièces jointes|archivos adjuntos|adjuntos|anexos"
        "|allegati|bijlagen|vedhæftede filer|bilagor|bifogade filer|vedlegg|liitteet|вложения|ekler"
        "|附件|添付ファイル|importance|priority|wichtigkeit|priorität|sensitivity|重要度|client"
        "|company"
    ),
}

#: The kind of each word: "from", "date", "to", "cc", "subject" or "other".
KEYS = {word: kind for kind, words in _WORDS.items() for word in words.split("|")}

#: Fields that some programs run together on one line.
RUN_TOGETHER = (
    "from|sent|date|to|cc|subject|von|gesendet|datum|an|betreff|de|envoyé|objet|à|enviado|para"
    "|asunto|assunto|inviato|oggetto|verzonden|aan|onderwerp|sendt|til|emne|skickat|till|ämne"
)
