"""Canned replies: their pages, and what the composer inserts."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.actions.refusing import Refused
from chat.canned import offering, writing
from chat.canned.filling import VARIABLES
from chat.canned.models import CannedReply
from chat.console.forms import CannedReplyForm
from chat.console.inbox import conversation_or_404
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest
from knowledgebase.articles.languages import preferred
from knowledgebase.articles.searching.finder import found_of
from knowledgebase.articles.searching.ranking import search

NEWEST_FIRST = Order("updated_at")
MOST_WORDS = 200
MOST_ARTICLES = 6


@staff_only
@require_GET
@never_cache
def replies(request: PersonRequest) -> HttpResponse:
    """The shared replies and one's own, the newest change first; `?q=` searches."""
    words = _words(request)
    page = _page(request, words)
    context = {
        "rows": page.rows,
        "words": words,
        "newer": _link(words, page.previous),
        "older": _link(words, page.next),
        "is_chat": True,
    }
    return render(request, "console/chat/replies.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
@never_cache
def new_reply(request: PersonRequest) -> HttpResponse:
    """Write a reply."""
    return _form(request, CannedReply())


@staff_only
@require_http_methods(["GET", "POST"])
@never_cache
def reply(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a reply."""
    return _form(request, _reply_or_404(request, pk))


@staff_only
@require_POST
def remove_reply(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a reply away."""
    found = _reply_or_404(request, pk)
    found.delete()
    messages.success(request, f"“{found.name}” is gone. What was said with it stays.")
    return redirect("inbox:replies")


@staff_only
@require_GET
@never_cache
def reply_options(request: PersonRequest, pk: int) -> HttpResponse:
    """Replies for `?q=`, filled for this chat, as options of a combobox."""
    conversation = conversation_or_404(request.user, pk)
    found = offering.replies_for(conversation, _words(request), by=request.user)
    return render(request, "console/chat/_reply-options.html", {"found": found})


@staff_only
@require_GET
@never_cache
def article_options(request: PersonRequest, pk: int) -> HttpResponse:
    """Articles for `?q=` that the client of this chat may read, as options of a combobox."""
    conversation = conversation_or_404(request.user, pk)
    # Who only claims an address reads what anybody may.
    reader = conversation.person or AnonymousUser()
    matches = search(
        _words(request),
        reader=reader,
        languages=preferred([conversation.person.language] if conversation.person else []),
        most=MOST_ARTICLES,
        is_typing=True,
        snippet_words=0,
    )
    context = {"found": [found_of(match) for match in matches], "site": settings.SITE_URL}
    return render(request, "console/case/_article-options.html", context)


def _form(request: PersonRequest, found: CannedReply) -> HttpResponse:
    readers = "shared" if found.pk and found.is_shared else "own"
    initial = {"name": found.name, "text": found.text, "readers": readers}
    form = CannedReplyForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _is_kept(request, found, form):
            return redirect("inbox:replies")
        status = 422
    variables = [(f"{{{name}}}", meaning) for name, meaning in VARIABLES.items()]
    context = {"form": form, "reply": found, "variables": variables, "is_chat": True}
    return render(request, "console/chat/reply.html", context, status=status)


def _is_kept(request: PersonRequest, found: CannedReply, form: CannedReplyForm) -> bool:
    typed = form.cleaned_data
    try:
        writing.write(
            found,
            name=typed["name"],
            text=typed["text"],
            is_shared=typed["readers"] == "shared",
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"“{found.name}” is kept.")
    return True


def _reply_or_404(request: PersonRequest, pk: int) -> CannedReply:
    found = CannedReply.objects.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such reply.")
    return found


def _words(request: PersonRequest) -> str:
    return request.GET.get("q", "").strip()[:MOST_WORDS]


def _page(request: PersonRequest, words: str) -> Page[CannedReply]:
    found = CannedReply.objects.visible_to(request.user).with_words(words)
    rows = found.select_related("updated_by")
    try:
        return page_of(rows, order=NEWEST_FIRST, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(rows, order=NEWEST_FIRST)


def _link(words: str, cursor: str) -> str:
    asked = {"q": words} if words else {}
    return "?" + urlencode({**asked, "page": cursor}) if cursor else ""
