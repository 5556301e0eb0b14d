"""What may not be promised."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from helpdesk.calendars.models import Calendar
from helpdesk.calendars.versions import ever_opens


def validate_calendar_opens(calendar_id: int) -> None:
    """Refuse a calendar that never opens: no promise on it could be kept (business-time C11)."""
    calendar = Calendar.objects.get(pk=calendar_id)
    version = calendar.versions.order_by("-number").first()
    if version is None or not ever_opens(version, now=timezone.now()):
        raise ValidationError(f"{calendar} never opens. Give it opening hours first.")
