"""What mail programs call the quoted part and the signature in their HTML."""

import re

_ATTRIBUTE = re.compile(
    r"(class|id|type|name|style|data-smartmail|data-marker)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)",
    re.IGNORECASE,
)

#: Classes of the element that holds the quoted mail (the whole element is the quote).
_QUOTE_CLASSES = frozenset(
    {
        "gmail_quote", "gmail_quote_container", "gmail_attr",  # Gmail, and many that copy it
        "yahoo_quoted", "protonmail_quote", "tutanota_quote", "moz-cite-prefix",
        "zmail_extra", "zm_quote", "mcntmcntquote",
        "front-blockquote", "missive_quote", "freshdesk_quote", "nylas-quote", "mailspring-quote",
        "history_container", "hs_reply", "helpscout_quote", "quoted-mail", "mail-quote-collapse",
        "wiseStamp_quote", "skiff_quote", "superhuman_quote", "roundcube_quote", "quoted_text",
        "gorgias_quote", "ox-quote", "fastmail-quote", "mimestream_quote", "canary_quote",
        "email-quoted-history", "threadquote",
    }
)  # fmt: skip
_QUOTE_IDS = frozenset(
    {
        "isreplycontent", "blockquote_zmail", "mail-app-auto-quote",
        "yahoo_quoted", "replyforwardedmessage", "quotedtext", "reply-intro", "orgmsg",
        "mail-editor-reference-message-container", "replysplit", "zmail_quote",
    }
)  # fmt: skip
#: After these nothing is new: Outlook on the web and on phones, Hotmail.
_REST_IDS = frozenset({"divrplyfwdmsg", "appendonsend", "stopspelling", "olk_src_body_section"})
_REST_CLASSES = frozenset({"outlookmessageheader"})
_SIGNATURE_CLASSES = frozenset(
    {
        "gmail_signature", "moz-signature", "protonmail_signature_block", "front-signature",
        "apple-signature", "mailspring-signature", "missive_signature", "ms-outlook-ios-signature",
        "gmail_signature_prefix", "x_ms-outlook-ios-signature", "tutanota_signature",
        "fastmail-signature", "spark_signature",
    }
)  # fmt: skip
_SIGNATURE_IDS = frozenset(
    {
        "ms-outlook-mobile-signature", "applemailsignature", "composer_signature", "signature",
        "x_signature", "x_ms-outlook-mobile-signature", "signature-0", "applemailoverlaysignature",
        "lightninglinesignature", "samsung_signature",
    }
)  # fmt: skip
_WANTED = (
    "quote", "cite", "signature", "reply", "rply", "append", "spell", "olk_", "orgmsg", "zmail",
    "gmail_attr", "history", "moz-", "outlookm",
)  # fmt: skip
_DEEPEST = 100


def mark_of(name: str, attributes: str) -> str:
    """What an opening tag marks: "quote", "indent", "block", "signature", "rest" or ""."""
    if name == "blockquote":
        return _mark_of_blockquote(_attributes(attributes))
    lowered = attributes.lower()
    if not any(word in lowered for word in _WANTED):
        return ""
    given = _attributes(attributes)
    classes = given.get("class", "").split()
    identity = given.get("id", "").removeprefix("x_")
    if identity in _REST_IDS or _REST_CLASSES.intersection(classes):
        return "rest"
    if any(c.removeprefix("x_") in _QUOTE_CLASSES for c in classes) or _is_quote_id(identity):
        return "quote"
    if given.get("name") == "messagereplysection" or given.get("data-marker") == "__quoted_text__":
        return "quote"
    if any(c in _SIGNATURE_CLASSES for c in classes) or identity in _SIGNATURE_IDS:
        return "signature"
    return "signature" if given.get("data-smartmail") == "gmail_signature" else ""


def _mark_of_blockquote(given: dict[str, str]) -> str:
    classes = {c.removeprefix("x_") for c in given.get("class", "").split()}
    if given.get("type") == "cite" or _is_quote_id(given.get("id", "")):
        return "quote"
    if classes & (_QUOTE_CLASSES - {"gmail_quote"}):
        return "quote"
    # Gmail's indent button makes the same tag as its quote; only the latter has a left line.
    style = given.get("style", "")
    if "gmail_quote" in classes and "border-left" not in style:
        return "indent"
    return "indent" if "border:none" in style.replace(" ", "") else "block"


def _is_quote_id(identity: str) -> bool:
    return identity in _QUOTE_IDS or identity.startswith("yahoo_quoted")


def _attributes(text: str) -> dict[str, str]:
    return {found[1].lower(): found[2].strip("\"'").lower() for found in _ATTRIBUTE.finditer(text)}


class Scope:
    """Which marked elements are open. Knows nothing of other elements but how they nest."""

    def __init__(self) -> None:
        self.depth = 0
        self.mark = ""
        self._counts: dict[str, int] = {}
        self._open: list[tuple[str, int, str]] = []
        self._to_end = False

    def open(self, name: str, mark: str) -> None:
        """An element begins; `mark` as `mark_of` says."""
        count = self._counts.get(name, 0) + 1
        self._counts[name] = count
        if mark == "rest":
            self.to_end()
        elif mark and len(self._open) < _DEEPEST:
            self._open.append((name, count, mark))
            self._settle()

    def to_end(self) -> None:
        """From here on everything is quoted."""
        self._to_end = True
        self._settle()

    def would_close(self, name: str) -> bool:
        """Whether the end of element `name` ends a marked one."""
        if not self._open:
            return False
        count = self._counts.get(name, 0)
        return any(opened == name and level >= count for opened, level, _ in self._open)

    def close(self, name: str) -> None:
        """An element ends, and with it those that were opened inside and never closed."""
        count = self._counts.get(name, 0)
        if not count:
            return
        self._counts[name] = count - 1
        if not self._open:
            return
        for index, (opened, level, _) in enumerate(self._open):
            if opened == name and level >= count:
                del self._open[index:]
                self._settle()
                return

    def _settle(self) -> None:
        marks = [mark for _, _, mark in self._open]
        self.depth = sum(1 for mark in marks if mark in ("quote", "block", "indent"))
        strongest = ("quote", "signature", "indent")
        self.mark = next((mark for mark in strongest if mark in marks), "")
        if self._to_end:
            self.mark = "rest"
