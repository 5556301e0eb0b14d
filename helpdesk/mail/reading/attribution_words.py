"""How languages say "wrote", and how their dates begin, in the line above a quote."""

_VERBS = {
    "English": "wrote|writes|has written",
    "German": "schrieb|schrieben|geschrieben|schreibt",
    "French": "a écrit|a ecrit|écrit|écrivait",
    "Spanish": "escribió|escribio|ha escrito",
    "Catalan": "va escriure|ha escrit",
    "Italian": "ha scritto|scrive|scritto|scriveva",
    "Portuguese": "escreveu|escreveu o seguinte",
    "Dutch": "schreef|geschreven|heeft geschreven",
    "Nordic": "skrev|skrev følgende|har skrevet|skrifaði|skreiv",
    "Finnish, Estonian": "kirjoitti|kirjutas",
    "Polish": "napisał|napisała|napisał(a)|napisało|pisze|nadesłał|wiadomość napisana",
    "Czech": "napsal|napsala|napsal(a)|napsal/a|píše",
    "Slovak": "napísal|napísala|napísal(a)|napísal/a",
    "Hungarian": "írta|ezt írta|a következőt írta|a következőket írta",
    "Romanian": "a scris|au scris|a scris următoarele",
    "Russian": "написал|написала|написал(а)|пишет|писал|писал(а)",
    "Ukrainian": "написав|написала|написав(ла)|написав(-ла)|пише",
    "Bulgarian, Serbian": "написа|написао",
    "Croatian": "napisao|napisala|napisao/la|napisao je|piše",
    "Slovenian": "je napisal|je napisala|napisal/a|je napisal/-a",
    "Turkish": "yazdı|şunu yazdı|şunları yazdı|yazmış",
    "Greek": "έγραψε|έγραψαν|έγραφε",
    "Hebrew": "כתב|כתבה|כתב/ה|כתבו|מאת",
    "Arabic, Persian": "كتب|كتبت|كتب/ت|تمت كتابة ما يلي|نوشت|نوشته",
    "Japanese": "のメッセージ|のメール|さんは書きました|は書きました|書きました",
    "Chinese": "写道|寫道|写到|編寫|撰写|撰寫|来信",
    "Korean": "작성|님이 작성|님이 작성하였습니다|작성하였습니다|썼습니다|님이 쓴 글",
    "Vietnamese": "đã viết|viết|đã ghi",
    "Indonesian, Malay": "menulis|telah menulis|tulis",
    "Baltic": "rakstīja|rašė|parašė",
    "Thai, Hindi": "เขียนว่า|ने लिखा",
}
VERBS = tuple(verb for verbs in _VERBS.values() for verb in verbs.split("|"))

#: First words that come before a date.
STARTERS = (
    "On", "On the", "Am", "Le", "El", "El día", "Il", "Il giorno", "In data", "Em", "No dia",
    "Dia", "Data", "Op", "Den", "På", "Dne", "Dňa", "Dnia", "Dn.", "W dniu", "Dana", "Az", "În",
    "În data de", "La", "Pe", "A", "Στις", "Την", "На", "В", "У", "Vào", "Ngày", "Pada",
    "Pada tanggal", "ב-", "ב", "בתאריך", "في", "在", "於", "于",
)  # fmt: skip
