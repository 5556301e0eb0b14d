"""How the Help Center looks to the clients of a region."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

COLOUR = RegexValidator(r"^#[0-9a-f]{6}$", "Write the colour like #0f5f50.")


class Brand(models.Model):
    """Name, logo and colours for one region; what is left out stays as the desk has it."""

    region = models.OneToOneField(
        "calendars.Region", on_delete=models.CASCADE, related_name="brand"
    )
    name = models.CharField(max_length=60)
    logo = models.ForeignKey(
        "attachments.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    colour = models.CharField(max_length=7, blank=True, validators=[COLOUR])
    dark_colour = models.CharField(max_length=7, blank=True, validators=[COLOUR])
    # A part of the addresses of its files, which browsers keep for a year.
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="brand_has_both_colours_or_none",
                condition=Q(colour="", dark_colour="") | ~Q(colour="") & ~Q(dark_colour=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def version(self) -> int:
        """Another number after each change."""
        return int(self.changed_at.timestamp())
