"""What is stored, to look at: names and facts, never bytes."""

from django.contrib import admin
from django.http import HttpRequest

from helpdesk.attachments.models import StoredFile


@admin.register(StoredFile)
class StoredFileAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list to read. Files change only through the rooms that they belong to."""

    list_display = (
        "filename",
        "content_type",
        "size",
        "scan_state",
        "is_dangerous",
        "contains_secrets",
        "uploaded_by",
        "created_at",
    )
    list_filter = ("scan_state", "is_dangerous", "contains_secrets", "is_inline")
    list_select_related = ("uploaded_by",)
    search_fields = ("filename", "sha256")
    show_full_result_count = False
    fields = (*list_display, "declared_type", "sha256", "is_inline", "content_id")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: StoredFile | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: StoredFile | None = None) -> bool:
        return False
