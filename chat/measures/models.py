"""What happened in the chats of an hour: added up by the doors, never counted afterwards."""

from django.db import models

# So many rows share the figures of an hour, so that chats do not wait for each other at one row.
SLOTS = 8


class Figures(models.Model):
    """The chats that began at a site within one hour (UTC); `README.md` defines each figure."""

    site = models.ForeignKey(
        "chat.Site", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    hour_at = models.DateTimeField()
    slot = models.PositiveSmallIntegerField()
    begun = models.PositiveIntegerField(default=0)
    messages = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    abandoned = models.PositiveIntegerField(default=0)
    wait_seconds = models.PositiveBigIntegerField(default=0)
    longest_wait = models.PositiveIntegerField(default=0)
    reply_seconds = models.PositiveBigIntegerField(default=0)
    most_at_once = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "figures"
        constraints = [
            models.UniqueConstraint("hour_at", "site", "slot", name="chat_figures_once"),
        ]

    def __str__(self) -> str:
        return f"{self.hour_at:%Y-%m-%d %H}:00 at site {self.site_id}, slot {self.slot}"
