"""Groups, in the administration; what is said in them is moderated where it stands."""

from django.contrib import admin

from knowledgebase.community.models import Group


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Which groups there are, who finds them and who is let in."""

    list_display = ("name", "access", "last_post_at")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    filter_horizontal = ("regions",)
