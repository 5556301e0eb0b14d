"""What our people decided about where mails belong."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class SenderRule(models.Model):
    """Mails of one sender that point to no case belong to this one: somebody of ours said so."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_rule"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="sender_rules")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    since = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.person} to {self.case}"
