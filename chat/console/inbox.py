"""What the inbox shows: waiting, mine, all. Everything starts from `visible_to`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from cases.console.queues import counted
from chat import attendance, hours, wire
from chat.alerts.models import AlertChoice
from chat.allotting.models import Offer
from chat.allotting.offers import open_offer
from chat.blocking.standing import standing_block
from chat.console.beside import beside
from chat.models import Availability, Conversation
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.models import Person, Team
from helpdesk.people.requests import PersonRequest


@dataclass(frozen=True, slots=True)
class Shelf:
    """One of the three lists, with what it says when it is empty."""

    slug: str
    label: str
    order: Order
    empty: str


WAITING = Shelf(
    "waiting", "Waiting", Order("created_at", is_descending=False), "Nobody is waiting."
)
MINE = Shelf("mine", "Mine", Order("updated_at"), "You have no chat now. Take one that waits.")
ALL = Shelf("all", "All", Order("updated_at"), "Chats will stand here once clients write.")
SHELVES = (WAITING, MINE, ALL)


def conversation_or_404(person: Person | AnonymousUser, pk: int) -> Conversation:
    """The conversation, if `person` may see it. Raises Http404 alike for none and not theirs."""
    visible = Conversation.objects.visible_to(person)
    found = visible.select_related("case__client", "agent", "visit", "site").filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such chat.")
    return found


def inbox_context(
    request: PersonRequest, slug: str, *, current: Conversation | None = None
) -> dict[str, Any]:
    """The list of one shelf, and beside it the chat that is open."""
    shelf = next((one for one in SHELVES if one.slug == slug), WAITING)
    page = _page(request, shelf)
    away = Availability.objects.filter(person=request.user, is_away=True)
    context = {
        "shelf": shelf,
        "shelves": [(one, one == shelf) for one in SHELVES],
        "rows": _rows(page.rows, current=current),
        "pages": {
            "newer": _link(shelf, page.previous),
            "older": _link(shelf, page.next),
        },
        "alerts": AlertChoice.objects.filter(person=request.user).first(),
        "is_away": away.exists(),
        "queues": [(one, False) for one in counted(request.user)],
        "is_chat": True,
    }
    return context | (_talk(request, current) if current else {})


def _talk(request: PersonRequest, conversation: Conversation) -> dict[str, Any]:
    here = attendance.here([conversation], at=timezone.now())
    agents = hours.agents_here() - {request.user.pk}
    return {
        "conversation": conversation,
        "offer": open_offer(conversation),
        "beside": beside(conversation, reader=request.user),
        "is_client_here": bool(here),
        "barred": standing_block(conversation.visit, at=timezone.now()),
        "news": wire.news_for_ours(conversation, after=0, reader=request.user.pk),
        "companions": list(conversation.companions.select_related("person").order_by("pk")),
        "is_companion": conversation.companions.filter(person=request.user).exists(),
        "colleagues": Person.objects.staff().filter(pk__in=agents),
        "teams": Team.objects.all(),
        "now": timezone.now(),
    }


def _page(request: PersonRequest, shelf: Shelf) -> Page[Conversation]:
    visible = Conversation.objects.visible_to(request.user).select_related("case", "agent")
    if shelf == WAITING:
        visible = visible.waiting()
    elif shelf == MINE:
        visible = visible.filter(_in_hand_of(request.user))
    try:
        return page_of(visible, order=shelf.order, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(visible, order=shelf.order)


def _in_hand_of(person: Person) -> Q:
    """Their chats, those given to them, those they were brought into: few, so each is named."""
    given = Offer.objects.unsettled().filter(person=person).values_list("conversation", flat=True)
    beside = person.chats_beside.values_list("conversation", flat=True)
    named = [*given, *beside]
    return Q(agent=person, state=Conversation.State.ACTIVE) | Q(pk__in=named)


def _rows(
    rows: Sequence[Conversation], *, current: Conversation | None
) -> list[tuple[Conversation, bool, Offer | None]]:
    """Each row, whether it is open, and to whom it is given."""
    offers = Offer.objects.unsettled().filter(conversation__in=rows).select_related("person")
    given = {offer.conversation_id: offer for offer in offers}
    return [(one, one == current, given.get(one.pk)) for one in rows]


def _link(shelf: Shelf, cursor: str) -> str:
    return "?" + urlencode({"show": shelf.slug, "page": cursor}) if cursor else ""
