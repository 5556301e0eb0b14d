"""The devices of a person, and the worker that shows what is pushed to them."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from helpdesk.notifications import vapid
from helpdesk.notifications.devices import NotADevice, remember
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest


@staff_only
@require_http_methods(["GET", "POST"])
def devices(request: PersonRequest) -> HttpResponse:
    """Where one is told; a script POSTs the subscription of this browser."""
    if request.method == "POST":
        return _added(request)
    context = {"devices": request.user.push_subscriptions.all(), "key": vapid.public_key()}
    return render(request, "notifications/devices.html", context)


@staff_only
@require_POST
def device_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Tell nothing more on one device."""
    get_object_or_404(request.user.push_subscriptions, pk=pk).delete()
    messages.success(request, "That device is told nothing more.")
    return redirect("push-devices")


@require_GET
@cache_control(max_age=0, must_revalidate=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that the browser keeps; from the root, so that it may open any page."""
    source = Path(settings.BASE_DIR) / "static" / "js" / "service-worker.js"
    return HttpResponse(source.read_text("utf-8"), content_type="text/javascript; charset=utf-8")


def _added(request: PersonRequest) -> HttpResponse:
    try:
        device = remember(
            request.user,
            endpoint=request.POST.get("endpoint", ""),
            p256dh=request.POST.get("p256dh", ""),
            auth=request.POST.get("auth", ""),
            device=request.POST.get("device", ""),
        )
    except NotADevice as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    return JsonResponse({"device": device.device}, status=201)
