"""What administrators keep of cases: the areas that clients choose from.

Cases themselves are worked in the console, through their doors, and not here.
"""

from django.contrib import admin

from cases.models import Category


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The areas in the case form, in their order."""

    list_display = ["name", "position", "is_offered"]
    list_editable = ["position", "is_offered"]
    search_fields = ["name"]
