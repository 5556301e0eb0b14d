"""How long people stay signed in, where they are, and how that ends."""

from allauth.account.internal.flows.logout import logout
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from helpdesk.people.models import Person
from helpdesk.people.requests import PersonRequest


def start(request: HttpRequest, person: Person) -> None:
    """Bound a fresh session: it ends then, however busy it was (`security.md` T44)."""
    length = settings.STAFF_SESSION if person.is_staff_member else settings.CLIENT_SESSION
    request.session.set_expiry(timezone.now() + length)


@transaction.atomic
def end_all(person: Person) -> None:
    """End every session of `person` now, sockets included."""
    Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    person.refresh_from_db(fields=["session_epoch"])
    of_person = UserSession.objects.filter(user=person)
    Session.objects.filter(pk__in=of_person.values("session_key")).delete()
    of_person.delete()
    transaction.on_commit(lambda: _tell(person.pk))


@transaction.atomic
def end_others(request: PersonRequest) -> None:
    """End every session of the person but the one that asks."""
    end_all(request.user)
    update_session_auth_hash(request, request.user)
    UserSession.objects.create_from_request(request)


@login_required
@never_cache
def sessions_page(request: PersonRequest) -> HttpResponse:
    """Where the person is signed in; posting signs them out everywhere else."""
    if request.method == "POST":
        end_others(request)
        messages.success(request, "You are signed out everywhere but here.")
        return redirect("usersessions_list")
    alive = Session.objects.filter(pk=OuterRef("session_key"), expire_date__gt=timezone.now())
    sessions = UserSession.objects.filter(Exists(alive), user=request.user).order_by("-created_at")
    return render(request, "usersessions/usersession_list.html", {"sessions": sessions})


@login_required
@require_POST
def end_session(request: PersonRequest, pk: int) -> HttpResponse:
    """Sign the person out of one of their sessions."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.is_current():
        logout(request)
        return redirect("account_login")
    session.end()
    _tell(request.user.pk)
    messages.success(request, "That session is signed out.")
    return redirect("usersessions_list")


def _tell(person_id: int) -> None:
    import_string(settings.SESSIONS_ENDED)(person_id)
