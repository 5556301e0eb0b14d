"""The page of results, and the suggestions while typing."""

from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from helpdesk.finding.finding import MOST_TYPED, Finder, Found, Search
from helpdesk.finding.snippets import shown
from helpdesk.pages.finding.finders import FINDERS
from helpdesk.people.sign_in import limits
from knowledgebase.articles.actions.listening import note_fruitless

MOST_OF_A_KIND = 5
MOST_OF_ONE_KIND = 30
MOST_SUGGESTED = 8
FEWEST_LETTERS = 2
TYPED = limits.Limit("suggestions", 300, 60)
SEARCHED = limits.Limit("search", 60, 60)


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """What was found, by kind; `?kind=` shows one kind alone."""
    words = _words(request)
    chosen = next((one for one in FINDERS if one.kind == request.GET.get("kind")), None)
    if words and not limits.attempt(SEARCHED, limits.place_of(request)).is_allowed:
        return HttpResponse("Please wait a minute before you search again.", status=429)
    groups = _found(request, words, chosen) if words else []
    if words and not groups and chosen is None:
        note_fruitless(words, now=timezone.now())
    context = {
        "words": words,
        "words_encoded": quote(words),
        "groups": [_group(finder, found, words, chosen) for finder, found in groups],
        "kinds": [
            ("", "Everything", _address(words), chosen is None),
            *((one.kind, one.label, _address(words, one), one == chosen) for one in FINDERS),
        ],
    }
    return render(request, "portal/search/results.html", context)


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """The first few things for what is typed so far, as options of the box."""
    words = _words(request)
    found: list[tuple[Finder, Found]] = []
    is_allowed = limits.attempt(TYPED, limits.place_of(request)).is_allowed
    if len(words) >= FEWEST_LETTERS and is_allowed:
        asked = Search(words, request.user, most=MOST_SUGGESTED, is_typing=True)
        found = [(finder, one) for finder in FINDERS for one in finder.find(asked)]
    context = {"found": found[:MOST_SUGGESTED]}
    return render(request, "portal/search/_suggestions.html", context)


def _found(
    request: HttpRequest, words: str, chosen: Finder | None
) -> list[tuple[Finder, list[Found]]]:
    # One more than is shown, to know whether there is more.
    most = (MOST_OF_ONE_KIND if chosen else MOST_OF_A_KIND) + 1
    asked = Search(words, request.user, most=most)
    finders = (chosen,) if chosen else FINDERS
    groups = [(finder, finder.find(asked)) for finder in finders]
    return [(finder, found) for finder, found in groups if found]


def _group(
    finder: Finder, found: list[Found], words: str, chosen: Finder | None
) -> tuple[Finder, list[tuple[Found, str]], str]:
    most = MOST_OF_ONE_KIND if chosen else MOST_OF_A_KIND
    more = _address(words, finder) if len(found) > most and chosen is None else ""
    return finder, [(one, shown(one.snippet)) for one in found[:most]], more


def _address(words: str, finder: Finder | None = None) -> str:
    return "?" + urlencode({"q": words, **({"kind": finder.kind} if finder else {})})


def _words(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MOST_TYPED]
