"""Pictures in mail: shown when they came with it, asked for first when they lie elsewhere."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from helpdesk.markup.elements import Element

MAX_DATA = 2_000_000
_RASTER = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}")
_SPACE = re.compile(r"[\t\n\f\r ]+")
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
# Smaller than this in both directions nobody looks at it: it reports that the mail was opened.
_SEEN_FROM_PIXELS = 3


@dataclass(slots=True)
class Pictures:
    """What to do with the pictures of one text, and what was found.

    `cid_urls` maps Content-IDs without angle brackets to our own addresses; `proxy`, when the
    reader asked for remote pictures, makes our address for one. `addresses` is filled with
    each of our addresses that was used, `remote_hosts` with where the others lie.
    """

    cid_urls: Mapping[str, str]
    proxy: Callable[[str], str] | None
    addresses: set[str] = field(default_factory=set)
    remote_hosts: list[str] = field(default_factory=list)


def is_raster_data(source: str) -> bool:
    """Say whether `source` is a picture inside the text itself, of a kind that holds no script."""
    return len(source) <= MAX_DATA and _RASTER.fullmatch(source) is not None


def place(element: Element, *, pictures: Pictures) -> None:
    """Give each picture in `element` the address that it is shown from, or words instead.

    Tracking pixels vanish; every other picture leaves at least its words.
    """
    kept: list[Element | str] = []
    for child in element.children:
        if not isinstance(child, Element):
            kept.append(child)
        elif child.tag != "img":
            place(child, pictures=pictures)
            kept.append(child)
        elif _is_placed(child, pictures=pictures):
            kept.append(child)
    element.children = kept


def _is_placed(image: Element, *, pictures: Pictures) -> bool:
    source = _SPACE.sub("", image.attributes.pop("src", "")[: MAX_DATA + 1])
    words = image.attributes.get("alt", "").strip()[:300]
    image.attributes["alt"] = words
    if is_raster_data(source):
        image.attributes["src"] = source
    elif source[:4].lower() == "cid:":
        _place_part(image, content_id=unquote(source[4:]).strip("<>"), pictures=pictures)
    elif _REMOTE.match(source):
        return _is_remote_placed(image, source=source, pictures=pictures)
    elif not words:
        return False
    return True


def _place_part(image: Element, *, content_id: str, pictures: Pictures) -> None:
    address = pictures.cid_urls.get(content_id)
    if address is None:
        image.attributes["alt"] = _words("Image that is not in this mail", image)
        return
    pictures.addresses.add(address)
    image.attributes["src"] = address


def _is_remote_placed(image: Element, *, source: str, pictures: Pictures) -> bool:
    host = _host_of(source)
    if host is None:
        return False
    if _is_tracking(image):
        return False
    pictures.remote_hosts.append(host)
    if pictures.proxy is None:
        image.attributes["alt"] = _words(f"Remote image from {host}, not loaded", image)
        return True
    address = pictures.proxy("https:" + source[source.index("//") :])
    pictures.addresses.add(address)
    image.attributes["src"] = address
    return True


def _host_of(source: str) -> str | None:
    try:
        return urlsplit(source).hostname
    except ValueError:
        return None


def _is_tracking(image: Element) -> bool:
    sides = [image.attributes.get(side, "").removesuffix("px") for side in ("width", "height")]
    return all(side.isdecimal() and int(side[:9]) < _SEEN_FROM_PIXELS for side in sides)


def _words(sentence: str, image: Element) -> str:
    words = image.attributes["alt"]
    return f"{sentence}: {words}" if words else sentence
