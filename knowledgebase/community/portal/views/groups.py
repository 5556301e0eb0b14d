"""Finding groups, joining and leaving them, their topics."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.requests import PersonRequest
from helpdesk.people.sign_in.limits import Limit
from helpdesk.people.sign_in.refusing import limited
from knowledgebase.community import access, presenting
from knowledgebase.community.actions import joining
from knowledgebase.community.models import Group, Membership, Topic
from knowledgebase.community.portal.forms.writing import PresentationForm
from knowledgebase.community.portal.reading import group_or_404, members_of, with_unread

LIVELIEST_FIRST, LATEST_FIRST = Order("last_post_at"), Order("updated_at")
JOINED = Limit("group joined or left", 30, 60)
State = Membership.State


@login_required
@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    """Every group that the reader finds, the liveliest first; `q` narrows by name."""
    words = request.GET.get("q", "").strip()[:100]
    groups = Group.objects.visible_to(request.user)
    if words:
        groups = groups.filter(name__icontains=words)
    page = _groups(groups, request.GET.get("page", ""))
    own = Membership.objects.filter(person=request.user, group__in=page.rows)
    states = {one.group_id: one for one in own.exclude(state=State.LEFT)}
    context = {
        "rows": [(group, states.get(group.pk)) for group in page.rows],
        "page": page,
        "words": words,
        "form": PresentationForm(initial={"shows": presenting.choice_of(request.user)}),
    }
    return render(request, "portal/groups/list.html", context)


@login_required
@require_GET
def group(request: PersonRequest, slug: str) -> HttpResponse:
    """One group: its topics for those who may read them, its door for the others."""
    found = group_or_404(request.user, slug)
    own = access.membership_of(request.user, found.pk)
    topics = Topic.objects.visible_to(request.user).filter(group=found)
    page = _topics(topics, request.GET.get("page", ""))
    context = {
        "group": found,
        "own": own if own and own.state != State.LEFT else None,
        "is_member": own is not None and own.state == State.JOINED,
        "members": members_of(found),
        "may_read": Group.objects.readable_by(request.user).filter(pk=found.pk).exists(),
        "may_write": access.may_write(request.user, own),
        "rows": with_unread(page.rows, request.user),
        "page": page,
        "is_ours": request.user.is_staff_member,
    }
    return render(request, "portal/groups/group.html", context)


@login_required
@require_POST
@limited(JOINED)
def membership(request: PersonRequest, slug: str) -> HttpResponse:
    """Join or ask to; with `leave` go; with `mail` choose whether new topics come by mail."""
    found = group_or_404(request.user, slug)
    by, now = Actor.of(request.user), timezone.now()
    if "leave" in request.POST:
        joining.leave(found, request.user, by=by, at=now)
        messages.success(request, "You have left the group.")
        return redirect("groups:list")
    if "mail" in request.POST:
        wants = request.POST["mail"] == "yes"
        joined = found.memberships.filter(person=request.user, state=State.JOINED)
        joined.update(wants_mail=wants)
        return redirect("groups:group", slug=slug)
    own = joining.join(found, request.user, by=by, at=now)
    if own.state == State.JOINED:
        messages.success(request, "You are a member now.")
    else:
        messages.success(request, "You have asked to join. The group opens once we let you in.")
    return redirect("groups:group", slug=slug)


@login_required
@require_POST
def presentation(request: PersonRequest) -> HttpResponse:
    """Choose what others read beside one's name."""
    form = PresentationForm(request.POST)
    if form.is_valid():
        presenting.choose(request.user, form.cleaned_data["shows"])
        messages.success(request, "Kept.")
    else:
        messages.error(request, "That is no choice. Nothing was changed.")
    return redirect("groups:list")


def _groups(groups: QuerySet[Group], cursor: str) -> Page[Group]:
    try:
        return page_of(groups, order=LIVELIEST_FIRST, cursor=cursor)
    except BadCursor:
        return page_of(groups, order=LIVELIEST_FIRST)


def _topics(topics: QuerySet[Topic], cursor: str) -> Page[Topic]:
    try:
        return page_of(topics.select_related("author"), order=LATEST_FIRST, cursor=cursor)
    except BadCursor:
        return page_of(topics.select_related("author"), order=LATEST_FIRST)
