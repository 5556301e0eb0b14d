"""What the marks of a case are called, where a page says nothing else."""

from django.utils.translation import gettext_lazy as _

STATES = {
    "new": _("New"),
    "open": _("Open"),
    "waiting": _("Waiting for client"),
    "on_hold": _("On hold"),
    "resolved": _("Resolved"),
    "closed": _("Closed"),
    "spam": _("Spam"),
    "merged": _("Merged"),
}
PRIORITIES = {
    "critical": _("Critical"),
    "high": _("High"),
    "medium": _("Medium"),
    "low": _("Low"),
}
