"""Fixed for you? By the signed link of a mail, or on the page of the case.

The link shows and asks; only the form records, so that a program which looks at links in mails
answers nothing.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions.refusing import Refused
from cases.defects.campaigns import answering
from cases.defects.campaigns.links import recipient_of
from cases.defects.campaigns.models import AskedCase, Recipient
from cases.models import Channel
from cases.portal.reading import case_or_404
from helpdesk.people.actors import Actor
from helpdesk.people.requests import PersonRequest

MOST_WORDS = 5_000
CHOICES = {"yes": True, "no": False}


@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the cases of the mail, each with yes and no; on POST record what was chosen."""
    recipient = recipient_of(token)
    if recipient is None:
        raise Http404("This link leads to nothing.")
    asked = answering.asked_of(recipient)
    if request.method == "POST":
        return _record(request, recipient, asked)
    wanted = request.GET.get("fixed", "")
    return _page(request, recipient, asked, wanted=wanted if wanted in CHOICES else "")


@login_required
@require_POST
def of_case(request: PersonRequest, number: int) -> HttpResponse:
    """Answer for one case, signed in, on its page."""
    case = case_or_404(request.user, number)
    asked = answering.open_question(case, request.user)
    said = CHOICES.get(request.POST.get("fixed", ""))
    if asked is None or said is None:
        messages.error(request, "There is nothing to answer on this case any more.")
        return redirect("portal:case", number=number)
    words = request.POST.get("words", "")[:MOST_WORDS]
    try:
        answering.answer(asked, is_fixed=said, by=Actor.of(request.user), words=words)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _thanks(is_fixed=said))
    return redirect("portal:case", number=number)


def _record(request: HttpRequest, recipient: Recipient, asked: list[AskedCase]) -> HttpResponse:
    words = request.POST.get("words", "")[:MOST_WORDS]
    by, errors, answered = Actor.of(recipient.person), [], 0
    for one in asked:
        said = CHOICES.get(request.POST.get(f"case-{one.case_id}", ""))
        if said is None:
            continue
        try:
            answering.answer(one, is_fixed=said, by=by, words=words, channel=Channel.EMAIL)
            answered += 1
        except Refused as refusal:
            errors.append(f"{one.case.shown_number}: {refusal}")
    if not answered and not errors:
        errors.append("Choose yes or no for at least one case. Nothing was recorded yet.")
    shown = answering.asked_of(recipient)
    return _page(
        request,
        recipient,
        shown,
        errors=errors,
        is_recorded=bool(answered),
        status=422 if errors else 200,
    )


def _page(
    request: HttpRequest,
    recipient: Recipient,
    asked: list[AskedCase],
    *,
    wanted: str = "",
    errors: list[str] | None = None,
    is_recorded: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "defect": recipient.campaign.defect,
        "campaign": recipient.campaign,
        "asked": asked,
        "open": [one for one in asked if one.waits and not one.answer],
        "wanted": wanted,
        "errors": errors or [],
        "is_recorded": is_recorded,
        "words": request.POST.get("words", "") if errors else "",
    }
    response = render(request, "portal/defects/answer.html", context, status=status)
    # The address is as good as an answer: it goes nowhere and is kept nowhere.
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _thanks(*, is_fixed: bool) -> str:
    if is_fixed:
        return "Thank you. We have noted that it is fixed for you."
    return "We have opened the case again and look at it now."
