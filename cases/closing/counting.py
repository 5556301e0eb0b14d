"""Business days for a client, and the rule of a case."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from cases.closing.models import ClosingRule
from cases.models import Case
from cases.sla.editions import business_day_seconds, edition_of
from helpdesk.calendars.models import Calendar, CalendarVersion


def rule_of(case: Case) -> ClosingRule:
    """That of the policy of its newest promise, else the general one, else as shipped."""
    policies = case.timers.order_by("-pk").values("policy")[:1]
    fitting = ClosingRule.objects.filter(Q(policy__in=policies) | Q(policy=None))
    own_first = fitting.order_by(F("policy_id").asc(nulls_last=True))
    return own_first.first() or ClosingRule()


def after_business_days(case: Case, start: datetime, days: int) -> datetime:
    """The instant `days` business days after `start`, on the office hours of the client's region.

    Where no calendar has hours, plain days count.
    """
    version = _version_for(case)
    if version is not None:
        edition = edition_of(version.pk)
        day = business_day_seconds(edition.working_time_at(start).schedule.weekly)
        due_at = edition.add(start, days * day) if day else None
        if due_at is not None:
            return due_at
    return start + timedelta(days=days)


def _version_for(case: Case) -> CalendarVersion | None:
    regional = Q(calendar__region__organisations=case.organisation_id)
    office = Q(calendar__slug=settings.OFFICE_CALENDAR)
    offices = CalendarVersion.objects.filter(calendar__purpose=Calendar.Purpose.OFFICE)
    for fitting in (regional, office):
        version = offices.filter(fitting).order_by("calendar", "-number").first()
        if version is not None:
            return version
    return None
