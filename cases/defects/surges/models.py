"""What many report at once: the telling words of new cases, and the cards raised from them."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Signature(models.Model):
    """The stems of a new case. Kept for a day or so; a settled case has none any more."""

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.CASCADE, related_name="signature"
    )
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField(db_index=True)
    subject = ArrayField(models.CharField(max_length=100))
    details = ArrayField(models.CharField(max_length=100))

    def __str__(self) -> str:
        return f"stems of case {self.case_id}"


class Surge(models.Model):
    """A card: so many organisations reported the same thing within hours."""

    class State(models.TextChoices):
        RAISED = "raised", "Raised"
        SETTLED = "settled", "Made a defect"
        DISMISSED = "dismissed", "Not the same"

    state = models.CharField(max_length=10, choices=State.choices, default=State.RAISED)
    subject = models.CharField(max_length=250)
    raised_at = models.DateTimeField()
    newest_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)
    defect = models.ForeignKey(
        "defects.Defect", null=True, on_delete=models.SET_NULL, related_name="surges"
    )

    if TYPE_CHECKING:
        members: RelatedManager["SurgeCase"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["raised", "settled", "dismissed"]),
                name="surge_state_is_known",
            ),
        ]
        indexes = [
            models.Index("newest_at", name="surge_raised", condition=Q(state="raised")),
        ]

    def __str__(self) -> str:
        return self.subject


class SurgeCase(models.Model):
    """A case on a card: on one card at most."""

    surge = models.ForeignKey(Surge, on_delete=models.CASCADE, related_name="members")
    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="surge_case")

    def __str__(self) -> str:
        return f"case {self.case_id} in surge {self.surge_id}"
