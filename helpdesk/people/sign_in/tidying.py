"""What is over is forgotten: ended sessions, spent limits, old links."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from helpdesk.people.sign_in.limits import forget_old_tries
from helpdesk.people.sign_in.models import LinkRequest, PasswordLink

KEPT_AFTER_EXPIRY = timedelta(days=90)
REQUESTS_TRIED_FOR = timedelta(days=1)


def forget_what_is_over() -> None:
    """Delete it. Links are kept 90 days after their end, so that one can tell who was invited."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    alive = Session.objects.filter(pk=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(alive)).delete()
    PasswordLink.objects.filter(expires_at__lt=now - KEPT_AFTER_EXPIRY).delete()
    LinkRequest.objects.filter(asked_at__lt=now - REQUESTS_TRIED_FOR).delete()
    forget_old_tries()
