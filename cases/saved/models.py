"""A list of cases under a name of one's own."""

from django.db import models
from django.db.models.functions import Now


class SavedView(models.Model):
    """The query of a list's address, kept by one person."""

    class Surface(models.TextChoices):
        """Where it is offered."""

        CONSOLE = "console", "Console"
        PORTAL = "portal", "Help Center"

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="saved_views", db_index=False
    )
    surface = models.CharField(max_length=10, choices=Surface.choices)
    name = models.CharField(max_length=60)
    # Behind the list's address: the queue of the console, nothing in the Help Center.
    place = models.CharField(max_length=60, blank=True)
    query = models.CharField(max_length=500)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "surface", "name", name="saved_view_has_one_name"),
        ]

    def __str__(self) -> str:
        return self.name
