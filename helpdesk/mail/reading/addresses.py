"""Address lists, read with tolerance and without guessing identities.

The address in angle brackets wins over anything that merely looks like one: `a@x <b@y>` is from
b@y. Encoded words are decoded in display names only, after the structure has been read, so that
nothing hidden in them becomes an address (the parser differentials of security.md, T7).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import encoded_words
from .limits import MAX_ADDRESSES
from .storable import one_line

_SPECIAL = re.compile(r'["(<,;:]')
_WORD = re.compile(r"[^\s<>()\[\]\",;:\\]+")
_LOCAL = re.compile(r"[^\s<>()\[\],;:@\"\\\x00-\x20\x7f]{1,128}|\"[^\"\x00-\x1f\x7f]{1,126}\"")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*|\[[0-9A-Za-z.:-]{2,60}\]")
_AROUND = " \t\"'`"
_LONGEST = 320


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox: the name as a person reads it ("" without one) and the address."""

    name: str
    email: str


@dataclass(slots=True)
class _Entry:
    """One entry of a list while it is read: words before the brackets, brackets, comments."""

    words: list[str]
    bracket: str | None
    comments: list[str]


def parse(field: str) -> list[Address]:
    """All usable addresses of a header field, in order; groups are dissolved."""
    found: list[Address] = []
    surname = ""
    for entry in _entries(field):
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
    text = text.strip(_AROUND + "<>").removeprefix("mailto:")
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]
    local, at, domain = text.rpartition("@")
    local, domain = local.strip(), domain.strip(" \t.'\"")
    if not at or len(text) > _LONGEST or local.startswith("=?"):
        return None
    if _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain):
        return one_line(f"{local}@{domain}")
    return None


def _entries(field: str) -> Iterator[_Entry]:
    entry = _Entry([], None, [])
    position, size = 0, len(field)
    quotes = comments = True
    while position < size:
        special = _SPECIAL.search(field, position)
        if special is None:
            entry.words.append(field[position:])
            break
        at = special.start()
        entry.words.append(field[position:at])
        position = at + 1
        mark = field[at]
        if mark == '"' and quotes:
            end = _closing_quote(field, position)
            quotes = end >= 0
            if quotes:
                entry.words += ['"', field[position:end].replace('\\"', '"'), '"']
                position = end + 1
        elif mark == "(" and comments:
            end = _closing_bracket(field, position)
            comments = end >= 0
            if comments:
                entry.comments.append(field[position:end])
                position = end + 1
        elif mark == "<":
            end = field.find(">", position)
            end = size if end < 0 else end
            entry.bracket = _better(entry.bracket, field[position:end])
            position = end + 1
        elif mark == ":" and entry.bracket is None:
            if "@" not in "".join(entry.words):
                entry.words.clear()
        elif mark in ",;":
            yield entry
            entry = _Entry([], None, [])
        else:
            entry.words.append(mark)
    yield entry


def _better(known: str | None, bracket: str) -> str:
    """Of several brackets in one entry the last usable one (`<<a@b>>`, `<tag> <a@b>`)."""
    bracket = bracket.rpartition("<")[2]
    return bracket if known is None or usable(bracket) else known


def _closing_quote(field: str, position: int) -> int:
    while (end := field.find('"', position)) > 0 and field[end - 1] == "\\":
        position = end + 1
    return end


def _closing_bracket(field: str, position: int) -> int:
    depth = 1
    for found in re.compile(r"[()]").finditer(field, position):
        depth += 1 if found[0] == "(" else -1
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
        if "@" in word[0] and (email := usable(word[0])):
            rest = phrase[: word.start()] + " " + phrase[word.end() :]
            return Address(_name(rest) or _name(" ".join(entry.comments)), email)
    spaced = usable(re.sub(r"\s*([@.])\s*", r"\1", phrase)) if "@" in phrase else None
    return Address(_name(" ".join(entry.comments)), spaced) if spaced else None


def _name(phrase: str) -> str:
    """A display name: encoded words decoded, outer quotes gone."""
    name = one_line(encoded_words.decode(phrase.replace('"', " ").strip()))
    name = name.replace("\\", "")
    while len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1].strip()
    return name.strip('"<> ')
