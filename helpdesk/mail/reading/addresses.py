"""Address lists, read with tolerance and without guessing identities.

The address in angle brackets wins over anything that merely looks like one: `a@x <b@y>` is from
b@y. Encoded words are decoded in display names only, after the structure has been read, so that
nothing hidden in them becomes an address (the parser differentials of security.md, T7).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import encoded_words
from .limits import MAX_ADDRESSES
from .storable import one_line

_SPECIAL = re.compile(r'["(<,;:]')
_WORD = re.compile(r"[^\s<>()\[\]\",;:\\]+")
_COMMENT = re.compile(r"\([^()]{0,200}\)")
_AROUND_DOT = re.compile(r"[ \t]{0,20}([@.])[ \t]{0,20}")
_MORE_LABELS = re.compile(r"(?:[ \t]{1,20}\.[ \t]{0,20}[\w-]{1,63}){1,20}")
_PARENTHESIS = re.compile(r"\\.|[()]")
_LOCAL = re.compile(r"[^\s<>()\[\],;:@\"\\\x00-\x20\x7f]{1,128}|\"[^\"\x00-\x1f\x7f]{1,126}\"")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*|\[[0-9A-Za-z.:-]{2,60}\]")
_AROUND = " \t<>'`"
_LONGEST = 320


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox: the name as a person reads it ("" without one) and the address."""

    name: str
    email: str


def parse(text: str) -> list[Address]:
    """All usable addresses of a header field, in order; groups are dissolved."""
    found: list[Address] = []
    surname = ""
    for entry in _Scanner(text).entries():
        address = _address(entry)
        if address is None:
            # "Last, First <a@b>" without quotes comes as two entries.
            surname = " ".join("".join(entry.words).split())
            continue
        if surname and address.name and entry.bracket is not None and '"' not in entry.words:
            address = Address(f"{_name(surname)}, {address.name}", address.email)
        found.append(address)
        surname = ""
        if len(found) >= MAX_ADDRESSES:
            break
    return found


def usable(text: str) -> str | None:
    """The address in `text` if it is one, without brackets, quotes and trailing dots."""
    text = text.strip(_AROUND).removeprefix("mailto:")
    if len(text) > _LONGEST or text.startswith("=?"):
        return None
    if "(" in text or " " in text:
        # Comments and blanks, which old grammars allow around dots and the `@`.
        text = _AROUND_DOT.sub(r"\1", _COMMENT.sub("", text))
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]
    for candidate in (text, text.strip('"')):
        local, at, domain = candidate.rpartition("@")
        local, domain = local.strip(), domain.strip(" \t.'\"")
        if at and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain):
            return one_line(f"{local}@{domain}")
    return None


@dataclass(slots=True)
class _Entry:
    """One entry of a list while it is read: words before the brackets, brackets, comments."""

    words: list[str] = field(default_factory=list)
    bracket: str | None = None
    comments: list[str] = field(default_factory=list)


class _Scanner:
    """Cuts a field at its commas, heeding quotes, comments and brackets; each read once."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Once a closing mark was not found, no later one can be: the search is not repeated.
        self._closes = {'"': True, "(": True}

    def entries(self) -> Iterator[_Entry]:
        """The entries of the field, groups dissolved."""
        entry, position = _Entry(), 0
        while (special := _SPECIAL.search(self._text, position)) is not None:
            entry.words.append(self._text[position : special.start()])
            mark, position = special[0], special.end()
            if mark in ",;":
                yield entry
                entry = _Entry()
            elif mark == ":":
                if entry.bracket is None and "@" not in "".join(entry.words):
                    entry.words.clear()
            elif mark == "<":
                position = self._bracket(entry, position)
            elif self._closes[mark]:
                position = self._enclosed(entry, mark, position)
        entry.words.append(self._text[position:])
        yield entry

    def _bracket(self, entry: _Entry, position: int) -> int:
        """Of several brackets the last usable one counts (`<<a@b>>`, `<tag> <a@b>`)."""
        end = self._text.find(">", position)
        end = len(self._text) if end < 0 else end
        bracket = self._text[position:end].rpartition("<")[2]
        if entry.bracket is None or usable(bracket):
            entry.bracket = bracket
        return end + 1

    def _enclosed(self, entry: _Entry, mark: str, position: int) -> int:
        find = _closing_quote if mark == '"' else _closing_parenthesis
        end = find(self._text, position)
        if end < 0:
            self._closes[mark] = False
            return position
        inside = self._text[position:end]
        if mark == '"':
            entry.words += ['"', inside.replace('\\"', '"'), '"']
        else:
            entry.comments.append(inside)
        return end + 1


def _closing_quote(text: str, position: int) -> int:
    while (end := text.find('"', position)) > 0 and text[end - 1] == "\\":
        position = end + 1
    return end


def _closing_parenthesis(text: str, position: int) -> int:
    depth = 1
    for found in _PARENTHESIS.finditer(text, position):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    return -1


def _address(entry: _Entry) -> Address | None:
    phrase = "".join(entry.words)
    if entry.bracket is not None and (email := usable(entry.bracket)):
        return Address(_name(phrase) or _name(" ".join(entry.comments)), email)
    if '"' in phrase and "<" in phrase:
        # The whole mailbox inside quotes: "Name <a@b>".
        inner = next((a for a in parse(phrase.replace('"', " "))), None)
        if inner is not None:
            return inner
    for word in _WORD.finditer(phrase) if "@" in phrase else ():
        more = _MORE_LABELS.match(phrase, word.end()) if "@" in word[0] else None
        end = more.end() if more else word.end()
        if "@" in word[0] and (email := usable(phrase[word.start() : end])):
            rest = phrase[: word.start()] + " " + phrase[end:]
            return Address(_name(rest) or _name(" ".join(entry.comments)), email)
    spaced = usable(phrase) if "@" in phrase else None
    return Address(_name(" ".join(entry.comments)), spaced) if spaced else None


def _name(phrase: str) -> str:
    """A display name: encoded words decoded, outer quotes gone."""
    name = one_line(encoded_words.decode(phrase.replace('"', " ").strip()))
    name = name.replace("\\", "")
    while len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1].strip()
    return name.strip('"<> ')
