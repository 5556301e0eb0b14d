"""Products, in the administration; notices are posted in the console."""

from django.contrib import admin

from knowledgebase.notices.models import Product, Subscription


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What the status page tells apart."""

    list_display = ("name", "description", "position", "is_shown")
    search_fields = ("name",)
    filter_horizontal = ("organisations",)


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who gets news by mail: to look at, and to delete on request."""

    list_display = ("email", "asked_at", "confirmed_at", "left_at")
    search_fields = ("email",)
    readonly_fields = ("email", "person", "asked_at", "confirmed_at", "left_at", "products")

    def has_add_permission(self, request: object) -> bool:
        return False
