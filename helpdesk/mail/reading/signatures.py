"""Signatures and device footers, taken off a reply only when they are certain."""

import re
from collections.abc import Sequence

from .lines import Line

_MOST_LINES = 20
_LONGEST_DEVICE = 80
_DELIMITERS = frozenset({"--", "-- ", "--\u00a0", "---- "})
_LIST_RULE = re.compile(r"_{20,}\s*")
_LIST_FOOTER = re.compile(r"mailing list|mailman|listinfo|unsubscribe|-users\b", re.IGNORECASE)

_DEVICE = re.compile(
    r"sent (?:from|via|with|using) (?:my |the |a )?\w.*|get outlook for .*|sent by .{1,30} app"
    r"|von meinem? .* gesendet|gesendet (?:von|mit|über|aus) .*|diese nachricht wurde von .* gesendet"
    r"|hol(?:en sie sich|e dir)? outlook für .*|outlook für (?:ios|android).*"
    r"|envoyé (?:depuis|de|à partir de|avec|via) .*|(?:obtenir|télécharge[rz]) outlook pour .*"
    r"|enviado (?:desde|de|do|a partir de|con|com|via|pelo) .*|obtener outlook para .*"
    r"|obte(?:r|nha) o? ?outlook para .*|inviato (?:da|dal|con|tramite) .*|(?:ottieni|scarica) outlook per .*"
    r"|ver(?:zonden|stuurd) (?:vanaf|vanuit|via|met|van) .*|outlook voor .* downloaden|download outlook voor .*"
    r"|sendt (?:fra|via|med) .*|(?:hent|få) outlook (?:til|for) .*|skickat från .*|skickades från .*"
    r"|(?:hämta|skaffa) outlook för .*|lähetetty (?:\w+ )?\S*(?:stä|sta|ltä|lta|lla|llä)\b.*|hanki outlook .*"
    r"|wysłan[eoay] z .*|pobierz (?:aplikację )?outlook .*|odesláno z .*|odoslané z .*|stáhnout outlook pro .*"
    r"|elküldve .*|.{0,30}(?:iphone|ipad|android)\S*ról küldve|trimis de pe .*|descărcați outlook pentru .*"
    r"|отправлено (?:с|из|через) .*|скачать outlook для .*|надіслано з .*|.{1,30}dan gönderildi"
    r"|.{1,40} (?:cihazımdan|uygulamasından) gönderildi|στάλθηκε από .*|εστάλη από .*|נשלח מ.*"
    r"|أُ?رسلت? من .*|تم الإرسال من .*|.{0,20}iphoneから送信|.{1,20}から送信.{0,8}|发自我的.*|发送自.*|從我的.*傳送|寄自.*"
    r"|나의 .{1,20}에서 보냄|.{1,20}에서 보냄|được gửi từ .*|đã gửi từ .*|gửi từ .*|dikirim dari .*|dihantar dari .*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[,;!?]\s|\.\s+\S")


def cut(lines: Sequence[Line]) -> int:
    """The index of the first line of the signature in a reply; `len(lines)` if it has none.

    Never cuts everything: a reply that would be empty keeps its signature.
    """
    end = _last_text(lines, len(lines))
    marked = _marked(lines, end)
    found = min(_delimited(lines, end), _list_footer(lines, end), marked)
    found = min(found, _device(lines, min(found, end)))
    return found if _last_text(lines, found) else len(lines)


def _last_text(lines: Sequence[Line], end: int) -> int:
    """One past the last line before `end` that has text."""
    while end and lines[end - 1].is_blank:
        end -= 1
    return end


def _marked(lines: Sequence[Line], end: int) -> int:
    """A signature that the sender's program marked in its HTML, if it is the last thing."""
    first = end
    while first and (lines[first - 1].mark == "signature" or lines[first - 1].is_blank):
        first -= 1
    return first if first < end else len(lines)


def _delimited(lines: Sequence[Line], end: int) -> int:
    """The usual delimiter, if what follows is short enough to be a signature."""
    for index in range(end - 1, max(-1, end - _MOST_LINES), -1):
        line = lines[index]
        if line.depth == 0 and line.text in _DELIMITERS:
            return index
    return len(lines)


def _list_footer(lines: Sequence[Line], end: int) -> int:
    """What mailing-list programs add under a line of underscores."""
    for index in range(end - 1, max(-1, end - 8), -1):
        if _LIST_RULE.fullmatch(lines[index].text):
            footer = " ".join(line.text for line in lines[index + 1 : end])
            return index if _LIST_FOOTER.search(footer) else len(lines)
    return len(lines)


def _device(lines: Sequence[Line], end: int) -> int:
    """`Sent from my phone` and its cousins, as the last one or two lines."""
    found = len(lines)
    for _ in range(2):
        end = _last_text(lines, end)
        if not end or not _is_device(lines[end - 1].text):
            break
        end -= 1
        found = end
    return found


def _is_device(text: str) -> bool:
    text = text.strip(" \t\u00a0*_<>[]()-–—.")
    if not len(text) > 5 or len(text.split("<")[0]) > _LONGEST_DEVICE or len(text) > 300:
        return False
    return _DEVICE.fullmatch(text) is not None and not _SENTENCE.search(text)
