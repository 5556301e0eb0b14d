"""Training in the administration: to look at; it is planned in the console."""

from django.contrib import admin

from knowledgebase.training.models import Event


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What was planned."""

    list_display = ("title", "starts_at", "capacity", "is_published", "cancelled_at")
    search_fields = ("title",)

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_change_permission(self, request: object, obj: Event | None = None) -> bool:
        return False
