"""One's own data: asking for them, seeing how far they are, fetching them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from helpdesk.attachments.handing_out import respond_with
from helpdesk.exporting import making
from helpdesk.exporting.models import DataExport
from helpdesk.people.requests import PersonRequest
from helpdesk.people.sign_in.limits import Limit
from helpdesk.people.sign_in.refusing import limited

ASKED = Limit("data export asked for", 3, 24 * 3600)


@login_required
@never_cache
@limited(ASKED)
def export(request: PersonRequest) -> HttpResponse:
    """The latest export and its progress; posting asks for a new one."""
    if request.method == "POST":
        making.ask(request.user)
        messages.success(request, "Your data are being collected. Come back in a minute.")
        return redirect("data-export")
    latest = DataExport.objects.visible_to(request.user).order_by("-pk").first()
    context = {"export": latest, "states": DataExport.State, "days": making.LIFETIME.days}
    return render(request, "account/export.html", context)


@login_required
@never_cache
@require_GET
def download(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The zip, to the person whose data it holds, until it expires."""
    own = DataExport.objects.visible_to(request.user).select_related("file")
    found = get_object_or_404(own, pk=pk, expires_at__gt=timezone.now())
    if found.file is None:
        raise Http404("There is no such file.")
    return respond_with(found.file)
