"""One topic: reading, writing, following, marking the answer, agreeing that it becomes a case."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from helpdesk.attachments.form_files import UploadRefused, stored_from
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.requests import PersonRequest
from helpdesk.people.sign_in.limits import Limit
from helpdesk.people.sign_in.refusing import limited
from knowledgebase.community import access
from knowledgebase.community.actions import moderating, writing
from knowledgebase.community.actions.noting import Refused
from knowledgebase.community.models import Following, Post, Reaction, Topic
from knowledgebase.community.portal.forms.writing import ReplyForm, TopicForm
from knowledgebase.community.portal.reading import (
    group_or_404,
    readable_or_404,
    shown_posts,
    topic_or_404,
)

OLDEST_FIRST = Order("id", is_descending=False)
WRITTEN = Limit("group post written", 20, 600)


@login_required
@require_GET
def topic(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The posts, oldest first; what is new since the last visit is marked."""
    return _topic_page(request, topic_or_404(request.user, slug, pk), ReplyForm())


@login_required
@limited(WRITTEN)
def begin(request: PersonRequest, slug: str) -> HttpResponse:
    """Begin a topic."""
    group = readable_or_404(request.user, group_or_404(request.user, slug))
    if not access.may_write(request.user, access.membership_of(request.user, group.pk)):
        raise Http404("There is no such page for you.")
    form = TopicForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            with transaction.atomic():
                begun = writing.begin(
                    group,
                    title=values["title"],
                    text=values["text"],
                    author=request.user,
                    at=timezone.now(),
                    files=stored_from(request, values["uploads"]),
                )
        except UploadRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("groups:topic", slug=slug, pk=begun.pk)
    context = {"form": form, "group": group}
    status = 422 if form.errors else 200
    return render(request, "portal/groups/begin.html", context, status=status)


@login_required
@require_POST
@limited(WRITTEN)
def reply(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Write on a topic."""
    found = topic_or_404(request.user, slug, pk)
    if not access.may_write(request.user, access.membership_of(request.user, found.group_id)):
        raise Http404("There is no such page for you.")
    form = ReplyForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            with transaction.atomic():
                writing.reply(
                    found,
                    form.cleaned_data["text"],
                    author=request.user,
                    at=timezone.now(),
                    files=stored_from(request, form.cleaned_data["uploads"]),
                )
        except (Refused, UploadRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{request.path.removesuffix('replies/')}#latest")
    return _topic_page(request, found, form)


@login_required
@require_POST
def following(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Get the posts by mail, or (with `stop`) no longer."""
    found = topic_or_404(request.user, slug, pk)
    wants = "stop" not in request.POST
    writing.follow(found, request.user, gets_mail=wants)
    messages.success(
        request, "New posts come by mail." if wants else "No more mails of this topic come."
    )
    return redirect("groups:topic", slug=slug, pk=pk)


@login_required
@require_POST
def solution(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Say which post answered the topic; with none take it back."""
    found = topic_or_404(request.user, slug, pk)
    if not access.may_mark_solved(request.user, found):
        raise Http404("There is no such page for you.")
    wanted = request.POST.get("post", "")
    posts = Post.objects.visible_to(request.user).filter(topic=found)
    post = get_object_or_404(posts, pk=int(wanted)) if wanted.isdecimal() else None
    writing.mark_solved(found, post, by=Actor.of(request.user), at=timezone.now())
    return redirect("groups:topic", slug=slug, pk=pk)


@login_required
@require_POST
def move(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The author agrees that this becomes a case, or (with `decline`) does not."""
    found = topic_or_404(request.user, slug, pk)
    if not access.may_agree_to_move(request.user, found):
        raise Http404("There is no such page for you.")
    if "decline" in request.POST:
        moderating.decline_move(found)
        messages.success(request, "It stays a topic of the group.")
    else:
        moderating.agree_to_move(found, author=request.user, at=timezone.now())
        messages.success(request, "It becomes a case: you get its number by mail.")
    return redirect("groups:topic", slug=slug, pk=pk)


def _topic_page(request: PersonRequest, found: Topic, form: ReplyForm) -> HttpResponse:
    reader, now = request.user, timezone.now()
    own = access.membership_of(reader, found.group_id)
    followed = Following.objects.filter(topic=found, person=reader).first()
    page = _posts(request, found)
    shown = shown_posts(page.rows, reader, since=followed.seen_at if followed else None)
    context = {
        "topic": found,
        "group": found.group,
        "posts": shown,
        "page": page,
        "form": form if access.may_reply(reader, own, found) else None,
        "may_write": access.may_write(reader, own),
        "may_mark": access.may_mark_solved(reader, found),
        "may_moderate": access.may_moderate(reader),
        "may_agree": access.may_agree_to_move(reader, found),
        "gets_mail": followed is not None and followed.gets_mail,
        "signs": Reaction.Sign.choices,
    }
    if not page.next:
        writing.read(found, reader, at=now)
    status = 422 if form.errors else 200
    return render(request, "portal/groups/topic.html", context, status=status)


def _posts(request: PersonRequest, found: Topic) -> Page[Post]:
    posts: QuerySet[Post] = (
        Post.objects.visible_to(request.user)
        .filter(topic=found)
        .select_related("topic")
        .prefetch_related("files")
    )
    try:
        return page_of(posts, order=OLDEST_FIRST, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(posts, order=OLDEST_FIRST)
