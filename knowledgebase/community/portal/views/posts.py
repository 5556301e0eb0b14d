"""One post: signs, reports, files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from helpdesk.attachments.handing_out import respond_with
from helpdesk.people.requests import PersonRequest
from helpdesk.people.sign_in.limits import Limit
from helpdesk.people.sign_in.refusing import limited
from knowledgebase.community import access
from knowledgebase.community.actions import moderating, writing
from knowledgebase.community.models import Post, Reaction
from knowledgebase.community.portal.forms.writing import ReportForm
from knowledgebase.community.portal.reading import post_or_404

SIGNED = Limit("group sign put", 60, 60)
REPORTED = Limit("group post reported", 10, 3600)


@login_required
@require_POST
@limited(SIGNED)
def reaction(request: PersonRequest, pk: int) -> HttpResponse:
    """Put a sign on a post, or take it off."""
    post = _writable(request, pk)
    sign = request.POST.get("sign", "")
    if sign not in Reaction.Sign.values:
        raise Http404("There is no such sign.")
    writing.react(post, sign, person=request.user)
    return _back_to(post)


@login_required
@limited(REPORTED)
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """Tell ours that a post is wrong."""
    post = _writable(request, pk)
    if post.author_id == request.user.pk:
        raise Http404("There is no such page for you.")
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        moderating.report(post, person=request.user, reason=reason, at=timezone.now())
        messages.success(request, "Thank you. We look at it and decide.")
        return _back_to(post)
    context = {"form": form, "post": post, "topic": post.topic}
    status = 422 if form.errors else 200
    return render(request, "portal/groups/report.html", context, status=status)


@login_required
@require_GET
def file(request: PersonRequest, pk: int, public_id: str) -> HttpResponseBase:
    """A file of a post, to whoever may read the post."""
    found = get_object_or_404(post_or_404(request.user, pk).files.all(), public_id=public_id)
    return respond_with(found, inline="inline" in request.GET, to=request.user)


def _writable(request: PersonRequest, pk: int) -> Post:
    post = post_or_404(request.user, pk)
    own = access.membership_of(request.user, post.topic.group_id)
    if not access.may_write(request.user, own):
        raise Http404("There is no such page for you.")
    return post


def _back_to(post: Post) -> HttpResponse:
    topic = post.topic
    address = reverse("groups:topic", args=[topic.group.slug, topic.pk])
    return redirect(f"{address}#post-{post.pk}")
