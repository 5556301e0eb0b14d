"""Django admin: after how long cases end by themselves."""

from django.contrib import admin

from cases.closing.models import ClosingRule


@admin.register(ClosingRule)
class ClosingRuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What is edited here holds from the next step of each case on."""

    list_display = ("__str__", "remind_after", "give_up_after", "gives_up_by", "close_after")
    list_select_related = ("policy",)
    fieldsets = (
        (None, {"fields": ("policy",)}),
        (
            "While we wait for the client",
            {"fields": ("remind_after", "last_notice_after", "give_up_after", "gives_up_by")},
        ),
        ("Once it is resolved", {"fields": ("close_notice_after", "close_after")}),
    )
