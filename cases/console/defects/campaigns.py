"""A campaign: preview and words before it goes, the fate of each mail after."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cases.actions.refusing import Refused
from cases.console.defects.forms import WordsForm
from cases.console.defects.reading import frame
from cases.defects.campaigns import reviewing, wording
from cases.defects.campaigns.models import AskedCase, Campaign, Recipient
from cases.defects.campaigns.progress import progress_of
from cases.defects.models import Defect
from cases.models import Case
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.models import Person
from helpdesk.people.requests import PersonRequest

IN_ORDER = Order("id", is_descending=False)
MOST_ANSWERS = 50


@staff_only
@require_GET
def show(request: PersonRequest, pk: int) -> HttpResponse:
    """The page of one campaign."""
    return _page(request, _campaign_or_404(request.user, pk))


@staff_only
@require_POST
def words(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what it says."""
    campaign = _campaign_or_404(request.user, pk)
    form = WordsForm(request.POST)
    if form.is_valid():
        values, by = form.cleaned_data, Actor.of(request.user)
        try:
            reviewing.change_words(campaign, values["words"], by=by, seen_version=values["version"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. Below is what leaves.")
            return redirect("defects:campaign", pk=pk)
    return _page(request, _campaign_or_404(request.user, pk), form=form, status=422)


@staff_only
@require_POST
def departure(request: PersonRequest, pk: int) -> HttpResponse:
    """Send it now."""
    return _do(request, pk, reviewing.send_now, done="The mails are on their way.")


@staff_only
@require_POST
def delay(request: PersonRequest, pk: int) -> HttpResponse:
    """Give it an hour more."""
    return _do(request, pk, reviewing.put_off, done="It waits an hour longer.")


def _do(
    request: PersonRequest, pk: int, act: Callable[..., Campaign], *, done: str
) -> HttpResponse:
    campaign = _campaign_or_404(request.user, pk)
    typed = request.POST.get("version", "")
    seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    try:
        act(campaign, by=Actor.of(request.user), seen_version=seen)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("defects:campaign", pk=pk)


def _campaign_or_404(person: Person, pk: int) -> Campaign:
    visible = Defect.objects.visible_to(person)
    campaign = Campaign.objects.filter(pk=pk, defect__in=visible).select_related("defect").first()
    if campaign is None:
        raise Http404("There is no such campaign.")
    return campaign


def _page(
    request: PersonRequest, campaign: Campaign, *, form: WordsForm | None = None, status: int = 200
) -> HttpResponse:
    page = _recipients(request, campaign)
    first = {"words": campaign.words, "version": campaign.version}
    answers = AskedCase.objects.filter(campaign=campaign).exclude(answer="", outcome="")
    context = frame(request.user) | {
        "campaign": campaign,
        "defect": campaign.defect,
        "progress": progress_of(campaign),
        "page": page,
        "rows": _with_cases(request.user, page.rows),
        "answers": answers.select_related("case").order_by("-answered_at", "-pk")[:MOST_ANSWERS],
        "form": form or WordsForm(initial=first),
        "preview": _preview(request.user, campaign, page.rows),
        "waits": campaign.state == Campaign.State.WAITING,
    }
    return render(request, "console/defects/campaign.html", context, status=status)


def _recipients(request: PersonRequest, campaign: Campaign) -> Page[Recipient]:
    rows = campaign.recipients.select_related("mail", "person__organisation")
    try:
        return page_of(rows, order=IN_ORDER, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(rows, order=IN_ORDER)


def _with_cases(person: Person, rows: list[Recipient]) -> list[tuple[Recipient, list[Case]]]:
    """Each recipient with their cases, in one statement."""
    wanted = {pk for row in rows for pk in row.case_ids}
    cases = Case.objects.visible_to(person).in_bulk(list(wanted))
    return [(row, [cases[pk] for pk in row.case_ids if pk in cases]) for row in rows]


def _preview(person: Person, campaign: Campaign, rows: list[Recipient]) -> Any:
    """The first recipient's mail as it would leave now."""
    if not rows:
        return None
    [(recipient, cases)] = _with_cases(person, rows[:1])
    return wording.preview_mail(campaign, recipient, cases)
