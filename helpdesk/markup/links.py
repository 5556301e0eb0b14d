"""Where links lead: which addresses are followed, and saying so when the text claims another."""

import re

from helpdesk.markup.elements import Element, texts_of

MAX_HREF = 4_000
_CLAIM_WITHIN = 200

_WEB = re.compile(
    r"(https?)://(\[[0-9a-f:.]{2,45}\]|[^\s/?#@\\:\[\]<>\"'`|^{}%]+)(:\d{1,5})?([/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_MAILTO = re.compile(r"mailto:[^\s<>\"\\]{1,1000}", re.IGNORECASE)
_TEL = re.compile(r"tel:\+?[0-9().-]{1,30}", re.IGNORECASE)
_UNSEEN_IN_URL = re.compile(r"[\t\n\r]")
_NEVER_IN_URL = re.compile(r"[\x00-\x1f\x7f\\]")
# A host as people write one, with or without its scheme, at the start of a word.
_CLAIMED_HOST = re.compile(
    r"(?<![\w.-])(?:https?://)?((?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})(?![\w-])", re.IGNORECASE
)
_CLAIMED_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")


def safe_href(href: str) -> str | None:
    """Return `href` in the one form in which it may be followed, or None.

    Only http, https, mailto and tel; no user name before the host (`bank.example@evil.example`);
    hosts in the ASCII form that browsers follow, so that a look-alike letter shows as `xn--`.
    """
    href = _UNSEEN_IN_URL.sub("", href.strip())
    if len(href) > MAX_HREF or _NEVER_IN_URL.search(href):
        return None
    if web := _WEB.fullmatch(href):
        host = _ascii_host(web[2])
        return f"{web[1].lower()}://{host}{web[3] or ''}{web[4] or ''}" if host else None
    if _MAILTO.fullmatch(href) or _TEL.fullmatch(href):
        scheme, rest = href.split(":", 1)
        return f"{scheme.lower()}:{rest}"
    return None


def destination_of(href: str) -> str:
    """Return what a person must know of a followed link: its host, or the address or number."""
    if web := _WEB.fullmatch(href):
        return web[2].lower()
    return href.split(":", 1)[1].split("?", 1)[0]


def say_where_links_lead(element: Element) -> None:
    """Mend each link in `element`: safe address or none, destination in its title.

    A text that names another host or mailbox than the link leads to gets the real one beside it.
    """
    if element.tag == "a":
        _mend(element)
    for child in element.children:
        if isinstance(child, Element):
            say_where_links_lead(child)


def _mend(link: Element) -> None:
    href = safe_href(link.attributes.get("href", ""))
    link.attributes = {
        name: value for name, value in link.attributes.items() if name in {"dir", "lang"}
    }
    if href is None:
        link.tag = "span"
        return
    destination = destination_of(href)
    link.attributes |= {"href": href, "title": destination[:300]}
    text, truth = "".join(texts_of(link)), f" [leads to {destination[:300]}]"
    # What is cleaned when it is saved is cleaned again when it is shown.
    if not text.endswith(truth) and _claims_another(text[:_CLAIM_WITHIN], destination=destination):
        link.children.append(truth)


def _claims_another(text: str, *, destination: str) -> bool:
    mailbox = _CLAIMED_MAILBOX.search(text)
    if mailbox and "@" in destination:
        return mailbox[0].lower() != destination.lower()
    claimed = _CLAIMED_HOST.search(text)
    if claimed is None:
        return False
    host = _bare(_ascii_host(claimed[1]) or claimed[1])
    real = _bare(destination.rpartition("@")[2])
    return real != host and not real.endswith("." + host)


def _bare(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")


def _ascii_host(host: str) -> str | None:
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
